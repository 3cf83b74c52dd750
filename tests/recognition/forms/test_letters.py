from handwrite_gui.recognition.forms.letters import GLYPHS

#: Letters and signs that are digits as far as their form goes.
LOOK_ALIKES = {
    *"OoDQIijlr|/()ZzSsYybGBgq",
    *("Theta", "Phi", "Lambda", "cyrillic e", "exists", "bar", "slash", "parenthesis"),
    *"ΘΦΛЭ∃0123456789",
}


def test_none_of_them_has_the_form_of_a_digit() -> None:
    assert not LOOK_ALIKES & GLYPHS.keys()
    assert len(GLYPHS) > 60
