"""The menu bar: where each action is found."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu, QMenuBar

from handwrite_gui.widgets.actions import Actions
from handwrite_gui.widgets.draw.view_control import ViewControl
from handwrite_gui.widgets.paper_menu import PaperMenu


def fill_menus(
    bar: QMenuBar,
    actions: Actions,
    recent: QMenu,
    kept: QMenu,
    themes: QMenu,
    view_control: ViewControl,
) -> PaperMenu:
    """Fill the menu bar.

    Args:
        bar: Empty until then.
        actions: All of them.
        recent: The files that were opened lately.
        kept: The drawings that are kept.
        themes: The themes to choose among.
        view_control: What zooms the paper.

    Returns:
        What the View menu says of the paper.
    """
    file = bar.addMenu("&File")
    file.addAction(actions.open)
    actions.open_recent.setMenu(recent)
    file.addAction(actions.open_recent)
    actions.restore.setMenu(kept)
    file.addAction(actions.restore)
    file.addActions([actions.save, actions.save_all])
    file.addSeparator()
    file.addAction(actions.quit)
    edit = bar.addMenu("&Edit")
    edit.addActions([actions.undo, actions.redo])
    edit.addSeparator()
    edit.addActions([actions.cut, actions.copy, actions.copy_number, actions.paste])
    edit.addAction(actions.delete)
    edit.addSeparator()
    edit.addActions([actions.pen, actions.eraser, actions.erase_parts, actions.select])
    edit.addActions([actions.select_all, actions.clear, actions.remove_all])
    edit.addSeparator()
    edit.addActions([actions.predict, actions.say, actions.live_reading, actions.careful])
    edit.addSeparator()
    edit.addActions([actions.previous_digit, actions.next_digit])
    edit.addActions([actions.next_doubtful, actions.alternatives])
    edit.addSeparator()
    edit.addActions([actions.pen_only, actions.draw_by_moving, actions.forget])
    view = bar.addMenu("&View")
    view.addActions([actions.draw, actions.pictures, actions.settings])
    view.addSeparator()
    view.addActions([actions.why, actions.replay, actions.digit_after_digit])
    view.addAction(actions.show_readings)
    paper = PaperMenu(view, actions, view_control)
    view.addMenu(themes)
    view.addActions([actions.left_handed, actions.larger, actions.smaller])
    view.addSeparator()
    view.addAction(actions.reset)
    bar.addMenu("&Help").addActions([actions.help, actions.keys, actions.about])
    return paper
