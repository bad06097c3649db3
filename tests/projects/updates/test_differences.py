"""What changed is told word by word, in marks and in words, and what is left makes the new text."""

from hypothesis import given
from hypothesis import strategies as st

from projects.updates.differences import REMOVED, SAME, shown, words_changed

texts = st.lists(st.sampled_from(["le", "chantier", "avance.", "<b>", "\n", "à", "l’arrêt"])).map(" ".join)


@given(texts, texts)
def test_what_stays_and_what_comes_make_the_new_text(before, after):
    runs = words_changed(before, after)
    assert "".join(text for kind, text in runs if kind != REMOVED).rstrip(" ") == after.rstrip(" ")
    if before == after:
        assert {kind for kind, _ in runs} <= {SAME}


def test_only_what_was_added_is_marked_and_nothing_can_be_smuggled_in():
    runs = words_changed("Le chantier avance.", "Le chantier avance. <script>")
    assert [kind for kind, _ in runs] == ["same", "added"]
    assert "<script>" not in shown(runs)
    assert "ajouté" in shown(runs)
