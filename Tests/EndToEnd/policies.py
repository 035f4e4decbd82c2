# SPDX-License-Identifier: Apache-2.0
"""Copies of the policies with a line changed, for servers that let out what they should not."""

from server import ROOT


def with_policy_lines(folder, name, changes):
    """Writes all policies into the folder; in one of them a new line takes the place of the line for each path, or is added for None."""
    folder.mkdir()
    for file in (ROOT / "config/policies").glob("*.policy"):
        lines = file.read_text().splitlines()
        for path, line in changes.items() if file.stem == name else []:
            kept = [old for old in lines if old.split()[:1] != [path]]
            assert path is None or len(kept) == len(lines) - 1, f"{path} is not in {file.name}"
            lines = [*kept, line]
        (folder / file.name).write_text("\n".join(lines) + "\n")
    return str(folder)
