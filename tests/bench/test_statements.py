"""The bench of statements reads the data as its description says."""

from pathlib import Path

import pytest

from bench.quality.statements import annotated, annotation_of

ANNOTATION = """\
T1	Source 0 5	Kirby
T2	Cue 6 10	said
T3	Content 11 13;14 18	it rain
E1	Source1:T1 Cue1:T2 Content1:T3
"""


@pytest.mark.parametrize("file", ["kirby.ann", "kirby_ef2d.ann"])
def test_annotations_are_found_with_and_without_the_annotator(tmp_path: Path, file: str) -> None:
    (tmp_path / file).write_text(ANNOTATION, "utf-8")
    (tmp_path / "kirby_on_rain_ef2d.ann").write_text("", "utf-8")
    [unit] = annotated(annotation_of("kirby", tmp_path))
    assert [(span.start, span.end) for span in unit.content] == [(11, 13), (14, 18)]


def test_a_missing_annotation_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="kirby"):
        annotation_of("kirby", tmp_path)
