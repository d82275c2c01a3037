"""Published traces are read as they are; what is no trace is refused with every reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from planning.traces import Arrival, TraceError, read_trace

AZURE_2023 = """\
TIMESTAMP,ContextTokens,GeneratedTokens
2023-11-16 18:15:46.6805900,374,44
2023-11-16 18:15:50.9951690,396,109
"""
AZURE_2024 = """\
TIMESTAMP,ContextTokens,GeneratedTokens
2024-05-10 00:00:00.009930+00:00,2162,5
2024-05-10 00:00:00.259930+00:00,2399,6
"""
MOONCAKE = """\
{"timestamp": 0, "input_length": 6758, "output_length": 500, "hash_ids": [0, 1, 2]}
{"timestamp": 3000, "input_length": 915, "output_length": 355, "hash_ids": [0, 462]}
{"timestamp": 3001, "input_length": 9, "output_length": 2}
"""
SERVEGEN = "request_id,timestamp,input_tokens,output_tokens\n0,0.5,10,20\n1,1.2,15,25\n"


def written(folder: Path, text: str) -> Path:
    path = folder / "trace"
    path.write_text(text)
    return path


def test_azure_traces_of_both_years_give_seconds_since_the_first_request(tmp_path: Path) -> None:
    older = read_trace(written(tmp_path, AZURE_2023))
    assert [(one.prompt_tokens, one.output_tokens) for one in older] == [(374, 44), (396, 109)]
    assert [round(one.at, 6) for one in older] == [0, 4.314579]
    newer = read_trace(written(tmp_path, AZURE_2024))
    assert [round(one.at, 6) for one in newer] == [0, 0.25]


def test_mooncake_traces_keep_which_blocks_prompts_share(tmp_path: Path) -> None:
    assert read_trace(written(tmp_path, MOONCAKE)) == (
        Arrival(0.0, 6758, 500, (0, 1, 2)),
        Arrival(3.0, 915, 355, (0, 462)),
        Arrival(3.001, 9, 2),
    )


def test_what_servegen_saves_is_read(tmp_path: Path) -> None:
    first, second = read_trace(written(tmp_path, SERVEGEN))
    assert (first, second.prompt_tokens, second.output_tokens) == (Arrival(0.0, 10, 20), 15, 25)
    assert second.at == pytest.approx(0.7)


def test_only_as_many_rows_as_asked_for_are_read(tmp_path: Path) -> None:
    broken_later = SERVEGEN + "no number,,,\n"
    assert len(read_trace(written(tmp_path, broken_later), limit=2)) == 2


def test_rows_out_of_order_are_put_in_order(tmp_path: Path) -> None:
    text = "timestamp,input_tokens,output_tokens\n9,1,1\n7,2,2\n"
    assert [one.prompt_tokens for one in read_trace(written(tmp_path, text))] == [2, 1]


def test_every_bad_row_is_named_with_its_line_and_what_stands_there(tmp_path: Path) -> None:
    text = SERVEGEN + "2,later,1,1\n3,2.0,0,1\n4,2.5,1\n"
    with pytest.raises(TraceError) as error:
        read_trace(written(tmp_path, text))
    lines = [problem.path.rpartition(":")[2] for problem in error.value.problems]
    assert lines == ["4", "5", "6"]
    assert "later" in error.value.problems[0].got
    assert "at least one token" in error.value.problems[1].got


def test_a_broken_line_of_json_is_named_among_good_ones(tmp_path: Path) -> None:
    with pytest.raises(TraceError) as error:
        read_trace(written(tmp_path, MOONCAKE + '{"timestamp": 4000,\n'))
    [problem] = error.value.problems
    assert problem.path.endswith(":4") and "no JSON object" in problem.got


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", '{"timestamp": 1}\n', "[1]\n"])
def test_what_is_no_trace_is_refused_with_the_formats_that_are(tmp_path: Path, text: str) -> None:
    with pytest.raises(TraceError) as error:
        read_trace(written(tmp_path, text))
    [problem] = error.value.problems
    assert problem.code == "unknown-trace-format"
    assert all(name in problem.allowed for name in ("Azure", "Mooncake", "ServeGen"))


def test_a_trace_without_requests_says_so(tmp_path: Path) -> None:
    with pytest.raises(TraceError) as error:
        read_trace(written(tmp_path, "timestamp,input_tokens,output_tokens\n"))
    assert error.value.problems[0].code == "empty-trace"


def test_a_file_that_is_not_there_is_a_problem_and_no_crash(tmp_path: Path) -> None:
    with pytest.raises(TraceError) as error:
        read_trace(tmp_path / "none")
    assert error.value.problems[0].code == "unreadable-trace"
