import ExampleSupport
import Testing

struct TextOutputTests {
    private let checks = [
        NamedCheck("no unit is sold twice", passed: true, finding: "10,000 of 10,000"),
        NamedCheck("nothing is left open", passed: false),
    ]

    @Test func checksArePlainTextOffATerminal() {
        let output = RecordingOutput(isTerminal: false)
        output.write(checks, title: "Checks")
        #expect(
            output.written
                == "\nChecks\n======\nok      no unit is sold twice: 10,000 of 10,000\nBROKEN  nothing is left open\n"
        )
    }

    @Test func checksAreColouredOnATerminal() {
        let output = RecordingOutput(isTerminal: true)
        output.write(checks, title: "")
        #expect(output.written.hasPrefix("\u{1B}[32mok    \u{1B}[0m  no unit"))
        #expect(output.written.contains("\u{1B}[31mBROKEN\u{1B}[0m  nothing"))
    }

    @Test func aTableIsWrittenAtTheWidthOfTheOutput() {
        var table = Table("", [.text("")])
        table.add("a rather long line of words")
        let output = RecordingOutput(isTerminal: false, columns: 12)
        output.write(table)
        #expect(output.written == "a rather ...\n")
    }
}
