"""The style sheet: what a palette cannot say of how things look."""

from __future__ import annotations

#: Controls without Fusion's gradient and with an outline that can be seen in the dark, the main
#: action's colours, and what has the focus (WCAG 2.1, 2.4.7 and 1.4.11). In it are the names of the
#: theme's colours.
STYLE = """
QPushButton {{
    background: {button}; border: 1px solid {border}; border-radius: 4px; padding: 6px 16px;
}}
QPushButton:hover {{ background: {base}; }}
QPushButton:pressed, QPushButton:checked {{ background: {bar_track}; }}
QPushButton:focus {{ border: 2px solid {text}; padding: 5px 15px; outline: none; }}
QPushButton:disabled {{ background: {window}; border-color: {line}; }}
QPushButton[accent="true"] {{ background: {accent}; color: {accent_text}; border-color: {accent}; }}
QPushButton[accent="true"]:hover, QPushButton[accent="true"]:pressed {{
    background: {accent_hover};
}}
QPushButton[accent="true"]:focus {{ border-color: {text}; outline: 2px solid {accent_text}; }}
QPushButton[accent="true"]:disabled {{
    background: {bar_track}; color: {muted}; border-color: {bar_track};
}}
QCheckBox::indicator, QRadioButton::indicator {{ width: 1em; height: 1em; }}
QCheckBox, QRadioButton {{ padding: 4px; margin-left: -4px; }}
QCheckBox:focus, QRadioButton:focus {{ outline: 2px solid {text}; outline-radius: 2px; }}
QSlider::groove:horizontal {{ height: 4px; border-radius: 2px; background: {bar}; }}
QSlider::sub-page:horizontal {{ border-radius: 2px; background: {selection}; }}
QSlider::handle:horizontal {{
    background: {button}; border: 1px solid {border}; border-radius: 8px;
    width: 14px; margin: -6px 0;
}}
QSlider::handle:horizontal:focus {{ border: 3px solid {text}; width: 10px; }}
QSlider:horizontal {{ min-height: 20px; }}
QLineEdit {{
    background: {base}; border: 1px solid {border}; border-radius: 4px; padding: 3px;
}}
QLineEdit:focus {{ border: 2px solid {text}; padding: 2px; }}
QLabel[answer="true"] {{ color: {accent}; }}
QLabel[muted="true"] {{ color: {muted}; }}
QWidget#navigation {{ background: {nav}; }}
QToolButton {{
    background: transparent; border: 1px solid transparent; border-radius: 4px; padding: 3px;
}}
QToolButton:hover {{ background: {base}; }}
QToolButton:pressed, QToolButton:checked {{ background: {bar_track}; }}
QToolButton:focus {{ border: 2px solid {text}; padding: 2px; }}
QToolButton[navigation="true"] {{
    background: transparent; border: 1px solid transparent; border-radius: 4px; padding: 8px;
}}
QToolButton[navigation="true"]:hover {{ background: {window}; }}
QToolButton[navigation="true"]:checked {{ background: {base}; border-color: {border}; }}
QToolButton[navigation="true"]:focus {{ border: 2px solid {text}; padding: 7px; }}
QAbstractSpinBox QLineEdit, QComboBox QLineEdit {{ border: none; padding: 0; }}
QComboBox {{
    background: {button}; border: 1px solid {border}; border-radius: 4px; padding: 3px 7px;
}}
QComboBox:focus {{ border: 2px solid {text}; padding: 2px 6px; }}
QComboBox::drop-down {{ border: none; width: 24px; }}
QComboBox::down-arrow {{
    width: 0; height: 0; border-left: 4px solid {button}; border-right: 4px solid {button};
    border-top: 5px solid {text};
}}
QComboBox::down-arrow:disabled {{ border-top-color: {bar}; }}
QToolButton[tool="true"] {{ padding: 4px; }}
QToolButton[tool="true"]:checked {{ border-color: {border}; }}
QToolButton[tool="true"]:focus {{ border: 2px solid {text}; padding: 3px; }}
QToolButton[field="true"] {{ border-color: {border}; padding: 3px 8px; }}
QToolButton[field="true"]:focus {{ border: 2px solid {text}; padding: 2px 7px; }}
QScrollArea[panel="true"] {{ border: 1px solid {line}; border-radius: 4px; }}
QListView, QTreeView {{ border: 1px solid {line}; padding: 1px; }}
QListView:focus, QTreeView:focus {{ border: 2px solid {selection}; padding: 0; }}
QTextBrowser {{ border: 2px solid transparent; }}
QTextBrowser:focus {{ border-color: {selection}; }}
QToolTip {{ background: {base}; color: {text}; border: 1px solid {border}; padding: 4px; }}
"""
