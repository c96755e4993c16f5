package import ExampleSupport

extension DayHistory {
    /// How often each trouble happened, for a terminal and for a report.
    package var troubleTable: Table {
        var table = Table("What went wrong, and was put right", [.text("what"), .number("times")])
        for trouble in DayTrouble.allCases { table.add(trouble.title, Format.count(troubles[trouble, default: 0])) }
        return table
    }
}
