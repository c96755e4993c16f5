import ExampleSupport
import Testing

struct TableTests {
    private func sample() -> Table {
        var table = Table("Outcomes", [.text("outcome"), .number("count"), .text("note")])
        table.add("sold", "10,000", "all of it")
        table.add("refused", "7")
        return table
    }

    @Test func wordsStandLeftAndNumbersRight() {
        #expect(
            sample().lines(width: 80) == [
                "",
                "Outcomes",
                "========",
                "outcome   count  note",
                "-------  ------  ---------",
                "sold     10,000  all of it",
                "refused       7",
            ]
        )
    }

    @Test func aNarrowTerminalCutsTheWidestWordsAndNoNumber() {
        var table = Table("", [.text(""), .number("")])
        table.add("a reason that goes on for longer than there is room", "123,456")
        #expect(table.lines(width: 30) == ["a reason that goes...  123,456"])
    }

    @Test func lineBreaksInACellDoNotBreakTheTable() {
        var table = Table("", [.text("")])
        table.add("two\nlines\tand a tab")
        #expect(table.lines(width: 80) == ["two lines and a tab"])
    }

    @Test func aTableWithoutRowsStillHasItsHeadings() {
        #expect(Table("", [.text("a"), .number("bc")]).lines(width: 80) == ["a  bc", "-  --"])
    }

    @Test(arguments: [0, 1, 10, 20])
    func anyWidthIsSurvived(width: Int) {
        #expect(sample().lines(width: width).count == 7)
    }
}
