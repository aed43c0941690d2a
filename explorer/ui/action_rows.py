"""The table of all actions: what each is called, its keys, its icon, and what it does."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence

from explorer.frozen import frozen

Key = QKeySequence.StandardKey
Keys = QKeySequence.StandardKey | tuple[str, ...]


@frozen
class Row:
    """One action. slot is "group.method"; menu a path such as "View/Lanes" ("" = in no menu).

    choice: the rows of one name are alternatives, of which data says which; checkable: a switch of its own.
    also: keys beside the platform's own. short: what a button says. rule: a line above it in its menu.
    needs: "" always, "case", "selection", "back", "forward", "undo" or "redo".
    """

    name: str
    menu: str
    text: str
    tip: str
    slot: str
    keys: Keys = ()
    icon: str = ""
    choice: str = ""
    data: str = ""
    also: tuple[str, ...] = ()
    short: str = ""
    checkable: bool = False
    needs: str = "case"
    rule: bool = False


def _choice(name: str, menu: str, text: str, tip: str, slot: str, *keys: str) -> Row:
    group, _, data = name.rpartition(".")
    return Row(
        name, menu, text, tip, slot, keys, choice=group, data=data, needs="" if group == "theme" else "case"
    )


FILE = (
    Row("new_case", "File", "&New case…", "Begin an empty case, to add reports to", "file.new_case", Key.New, "new",
        short="New case…", needs=""),
    Row("open", "File", "&Open…", "Open a case: a .dateline file or a JSON case", "file.open", Key.Open, "open",
        short="Open a case…", needs=""),
    Row("sample", "File", "Open the &sample", "Open the sample case: one article, coded by hand", "file.sample", (),
        "sample", needs=""),
    Row("syria", "File", "Open S&yria 2016–2019 (UCDP)",
        "Open the dataset that comes with the program: 16,566 events of UCDP GED", "file.syria", (), "table",
        short="Syria, January 2016 – November 2019 (UCDP GED, 16,566 events)", needs=""),
    Row("import", "File", "&Import…", "Import rows of UCDP GED, ACLED, GDELT, ICEWS or any table", "file.import_files",
        ("Ctrl+I",), "import", short="Import…", needs=""),
    Row("export", "File", "&Export figure…", "Save what is shown as a picture with its caption: PNG, SVG or PDF",
        "file.export", ("Ctrl+E",), "export", rule=True,
        short="Export…"),
    Row("copy_image", "File", "Copy ima&ge", "Copy the timeline as a picture, with its words", "file.copy_image",
        ("Ctrl+Shift+C",), "image"),
    Row("copy_quote", "File", "Copy quo&te with citation",
        "Copy the sentence behind the selection and where it is from", "file.copy_quote", ("Ctrl+Shift+Q",), "quote",
        needs="selection"),
    Row("save_as", "File", "Save &as…", "Save the case as a .dateline file of yours, and go on in that file",
        "file.save_as", Key.Save, "save", rule=True),
    Row("save_copy", "File", "Sa&ve a copy…", "Save the whole case as another .dateline file", "file.save_copy",
        Key.SaveAs, "copy"),
    Row("export_json", "File", "Export &JSON…", "Save the whole case as one JSON file", "file.export_json", (),
        "json"),
    Row("close", "File", "&Close case", "Close the case and show the welcome page", "file.close_case", Key.Close,
        "close", rule=True),
    Row("quit", "File", "&Quit", "Leave the program", "file.quit", Key.Quit, "quit", also=("Ctrl+Q",), needs=""),
)  # fmt: skip
EDIT = (
    Row("undo", "Edit", "&Undo", "Take the last edit of the case back", "edit.undo", Key.Undo, "undo", needs="undo"),
    Row("redo", "Edit", "&Redo", "Make the edit again that was undone", "edit.redo", Key.Redo, "redo",
        also=("Ctrl+Shift+Z",), needs="redo"),
    Row("history", "Edit", "&History…", "All edits of this case; go back to any of them", "edit.history",
        ("Ctrl+Alt+H",), "history"),
    Row("details", "Edit", "&Details…", "Change the title, status, tags and note of the selected records",
        "edit.details", ("Shift+F2",), "edit", needs="selection", rule=True),
    Row("set_date", "Edit", "&Set date…", "Say when the selected event was, and how that is known", "edit.date",
        ("Ctrl+D",), "date", needs="selection"),
    Row("status_checked", "Edit/Status", "&Checked", "Say that the selected records have been checked", "edit.status",
        ("Ctrl+Alt+1",), "check", data="checked", needs="selection"),
    Row("status_disputed", "Edit/Status", "&Disputed", "Say that the selected records are disputed", "edit.status",
        ("Ctrl+Alt+2",), "warning", data="disputed", needs="selection"),
    Row("status_unreviewed", "Edit/Status", "&Unreviewed", "Say that nobody has checked the selected records yet",
        "edit.status", ("Ctrl+Alt+3",), "clear", data="unreviewed", needs="selection"),
    Row("merge", "Edit/Who is who", "&Merge with…", "Say that the selected record is the same as another",
        "identity.merge", ("Ctrl+M",), "join", needs="selection"),
    Row("part", "Edit/Who is who", "&Part again…", "Take apart what was merged into the selected record",
        "identity.part", (), "split", needs="selection"),
    Row("rename", "Edit/Who is who", "&Rename…", "Change the name, or the headline, of the selected record",
        "identity.rename", (), "edit", needs="selection", rule=True),
    Row("other_names", "Edit/Who is who", "&Other names…", "Change the other names of the selected actor or place",
        "identity.other_names", (), "text", needs="selection"),
    Row("group", "Edit/Who is who", "&Group under…", "Say that the selected actor is part of another, by which words",
        "identity.group", (), "people", needs="selection"),
    Row("remove", "Edit/Who is who", "Remo&ve…", "Remove the selected records, after saying what goes with them",
        "identity.remove", ("Ctrl+Delete",), "remove", needs="selection", rule=True),
    Row("compare", "Edit", "Co&mpare sources…", "Who says what of the selected event, or of two events, side by side",
        "identity.compare", ("Ctrl+Shift+M",), "matrix", needs="selection"),
    Row("same", "Edit", "Ma&y be the same…", "Walk through the events of different reports that may be one",
        "identity.same", ("Ctrl+Alt+M",), "select"),
    Row("copy", "Edit", "&Copy", "Copy the selected records: headline and sentence", "edit.copy", Key.Copy, "copy",
        needs="selection", rule=True),
    Row("select_all", "Edit", "Select &all shown", "Select every record that the filter shows", "edit.select_all",
        Key.SelectAll, "select"),
    Row("clear_selection", "Edit", "Cl&ear selection", "Select nothing", "edit.clear_selection", ("Ctrl+Shift+A",),
        "clear", needs="selection"),
    Row("filter_selection", "Edit", "Show &only this", "Filter to the selected actors, places or documents",
        "edit.filter_selection", ("Ctrl+Shift+O",), "only", needs="selection", rule=True),
    Row("exclude_selection", "Edit", "&Leave this out", "Filter out the selected actors, places or documents",
        "edit.exclude_selection", ("Ctrl+Shift+X",), "exclude", needs="selection"),
    Row("clear_filters", "Edit", "Clear all &filters", "Show every record again", "edit.clear_filters",
        ("Ctrl+Shift+Backspace",), "filter", short="Clear all"),
    Row("text_only", "Edit", "Only &what the report says", "Leave out every value that comes from outside the report",
        "edit.text_only", ("Ctrl+R",), "text", checkable=True),
)  # fmt: skip
CODE = (
    Row("code_actor", "Code", "&Actor from the words…", "Say whom the selected words name (A in the text)",
        "code.code", (), "people", data="actor"),
    Row("code_location", "Code", "&Place from the words…", "Say which place the selected words name (L in the text)",
        "code.code", (), "pin", data="location"),
    Row("code_event", "Code", "&Event from the words…", "Code what the selected words say happened (E in the text)",
        "code.code", (), "timeline", data="event"),
    Row("code_relation", "Code", "&Relation from the words…",
        "Code the tie between two actors that the selected words speak of (R in the text)", "code.code", (), "graph",
        data="relation"),
    Row("link_to", "Code", "&Link to another event…", "Say how the selected event is ordered or tied to another",
        "code.link", ("Ctrl+L",), "follow", needs="selection"),
    Row("change", "Code", "C&hange…", "Open the form of the selected event, relation or link", "code.change", ("F2",),
        "edit", needs="selection", rule=True),
    Row("continue_draft", "Code", "Continue the &draft", "Open the form again that was closed last, as it was left",
        "code.resume", (), "recent"),
    Row("swap", "Code", "Form or te&xt", "Move the keyboard between the form and the text", "code.swap", ("F7",),
        "pane"),
    Row("next_uncoded", "Code", "&Next uncoded sentence", "Go to the next sentence that no fact cites", "code.uncoded",
        ("F8",), "next", data="next", rule=True),
    Row("previous_uncoded", "Code", "Pre&vious uncoded sentence", "Go to the sentence before that no fact cites",
        "code.uncoded", ("Shift+F8",), "previous", data="previous"),
    Row("review", "Code", "Over&sights…", "List what may be forgotten: sentences, actors, marked words", "code.review",
        ("Ctrl+F8",), "check"),
)  # fmt: skip
DOCUMENT = (
    Row("add_report", "Document", "&Add report…", "Add an article to the case: text, web page, Word or PDF",
        "document.add_report", ("Ctrl+Shift+N",), "report", short="Add report…", needs=""),
    Row("paste_report", "Document", "&Paste as report…", "Add the text on the clipboard to the case as a report",
        "document.paste_report", ("Ctrl+Shift+V",), "paste", short="Paste as report…", needs=""),
    Row("document_date", "Document", "&Date of the report…",
        "Say when the document on show appeared; what is dated by it moves with it", "edit.document_date",
        ("Ctrl+Shift+D",), "date"),
    Row("replace_text", "Document", "&Replace the text…",
        "Give the document on show a corrected text; its quotes are found again", "document.replace_text", (),
        "replace", rule=True),
    Row("split_sentence", "Document", "&Split the sentence here", "End the sentence before the word at the caret",
        "document.split_sentence", ("Ctrl+Alt+S",), "split", rule=True),
    Row("join_sentence", "Document", "&Join with the next sentence", "Make one sentence of this one and the next",
        "document.join_sentence", ("Ctrl+Alt+J",), "join"),
)  # fmt: skip
VIEW = (
    _choice("lanes.actor", "View/Lanes", "&Actors", "One lane for each actor", "view.lanes"),
    _choice("lanes.place", "View/Lanes", "&Places", "One lane for each place", "view.lanes"),
    _choice("lanes.type", "View/Lanes", "&Kinds of act", "One lane for each classification", "view.lanes"),
    _choice("lanes.document", "View/Lanes", "&Documents", "One lane for each document", "view.lanes"),
    _choice("lanes.one", "View/Lanes", "&One lane", "Everything in one lane", "view.lanes"),
    _choice("axis.calendar", "View/Axis", "&Calendar", "Lay out by date", "view.axis"),
    _choice("axis.elastic", "View/Axis", "&Skip empty years", "Lay out by date; empty stretches shrink to breaks",
            "view.axis"),
    _choice("axis.order", "View/Axis", "&Reported order", "Lay out by the order that the report gives", "view.axis"),
    _choice("tab.graph", "View/Actor panel", "&Graph", "Who did what to whom, as a graph", "view.tab", "Ctrl+1"),
    _choice("tab.matrix", "View/Actor panel", "&Matrix", "Who did what to whom, as a table", "view.tab", "Ctrl+2"),
    _choice("tab.actors", "View/Actor panel", "&Actors", "The actors as a table", "view.tab", "Ctrl+3"),
    _choice("tab.events", "View/Actor panel", "&Events", "The records as a table", "view.tab", "Ctrl+4"),
    Row("follow", "View/Actor panel", "&Follow the timeline's window", "Count only what the timeline shows now",
        "view.follow", ("Ctrl+Shift+W",), "follow", checkable=True, rule=True),
    Row("zoom_in", "View", "Zoom &in", "Show less of the timeline, larger", "view.zoom_in", Key.ZoomIn, "zoom-in",
        also=("Ctrl+=",), rule=True),
    Row("zoom_out", "View", "Zoom &out", "Show more of the timeline", "view.zoom_out", Key.ZoomOut, "zoom-out"),
    Row("fit", "View", "&Fit all", "Show the whole of the timeline", "view.fit", ("Ctrl+0",), "fit", short="Fit"),
    Row("fit_selection", "View", "Fit &selection", "Show the selected records as large as they go",
        "view.fit_selection", ("Ctrl+Shift+0",), "fit-selection", needs="selection"),
    _choice("theme.system", "View/Theme", "As the &system", "Light or dark as the system is", "view.theme"),
    _choice("theme.light", "View/Theme", "&Light", "Dark ink on white panels", "view.theme"),
    _choice("theme.dark", "View/Theme", "&Dark", "Light ink on dark panels", "view.theme"),
    Row("show_filters", "View/Panels", "&Filters", "Show or hide the filter panel", "view.show_filters",
        ("Ctrl+Shift+1",), "filter", checkable=True),
    Row("show_source", "View/Panels", "&Source text", "Show or hide the source text", "view.show_source",
        ("Ctrl+Shift+2",), "text", checkable=True),
    Row("show_actors", "View/Panels", "&Actor panel", "Show or hide the actor panel", "view.show_actors",
        ("Ctrl+Shift+3",), "people", checkable=True),
    Row("contradictions", "View/Panels", "&Contradictions", "List the facts about time that cannot all hold",
        "view.contradictions", ("Ctrl+Shift+4",), "warning"),
    Row("reset_layout", "View", "&Reset layout", "Put every panel back where it was at first", "view.reset_layout",
        (), "reset", needs="", rule=True),
    Row("full_screen", "View", "F&ull screen", "Fill the screen, or return", "view.full_screen", Key.FullScreen,
        "fit", needs=""),
)  # fmt: skip
GO = (
    Row("back", "Go", "&Back", "Return to the filter and zoom before", "go.back", Key.Back, "back", needs="back"),
    Row("forward", "Go", "&Forward", "Go to the filter and zoom that Back left", "go.forward", Key.Forward, "forward",
        needs="forward"),
    Row("next_event", "Go", "&Next event", "Select the next record in time", "go.next_event", ("Alt+Down",), "next",
        rule=True),
    Row("previous_event", "Go", "&Previous event", "Select the record before in time", "go.previous_event",
        ("Alt+Up",), "previous"),
    Row("go_to_date", "Go", "Go to &date…", "Bring a date into the middle of the timeline", "go.go_to_date",
        ("Ctrl+G",), "date"),
    Row("search", "Go", "&Search…", "Search events, actors, places and sentences", "go.search", ("Ctrl+K", "Ctrl+F"),
        "search", rule=True),
    Row("next_pane", "Go", "Next p&ane", "Move the keyboard to the next pane", "go.next_pane", ("F6",), "pane",
        needs="", rule=True),
    Row("previous_pane", "Go", "Previous pan&e", "Move the keyboard to the pane before", "go.previous_pane",
        ("Shift+F6",), "pane", needs=""),
    Row("palette", "Go", "&Commands…", "Find and run any command by typing", "go.palette", ("Ctrl+Shift+P",),
        "command", needs=""),
)  # fmt: skip
HELP = (
    Row("shortcuts", "Help", "&Keyboard shortcuts", "All keys on one sheet", "help.shortcuts", Key.HelpContents,
        "keyboard", needs=""),
    Row("log", "Help", "Error &log…", "What went wrong in this run, if anything did", "help.log", (), "log",
        needs=""),
    Row("about", "Help", "&About Dateline", "Version, licences, and what the program never does", "help.about", (),
        "about", needs=""),
)  # fmt: skip
ROWS: tuple[Row, ...] = (*FILE, *EDIT, *DOCUMENT, *CODE, *VIEW, *GO, *HELP)
MENUS = {
    "File": "&File", "Edit": "&Edit", "Document": "D&ocument", "Code": "&Code", "View": "&View", "Go": "&Go",
    "Help": "&Help",
}  # fmt: skip
SUBMENUS = {
    "Status": "S&tatus",
    "Who is who": "Who is w&ho",
    "Lanes": "&Lanes",
    "Axis": "A&xis",
    "Actor panel": "&Actor panel",
    "Theme": "&Theme",
    "Panels": "&Panels",
}
