import ExampleStores
import ExampleSupport
import MarketplaceDayKit
import Testing

struct DayOptionsTests {
    /// Every option with a value it cannot take, and what the message must say of its range.
    @Test(arguments: [
        ("days", "0", "from 1 to 366"), ("days", "367", "from 1 to 366"), ("days", "many", "from 1 to 366"),
        ("members", "9", "from 10 to 10000"), ("members", "10001", "from 10 to 10000"),
        ("seed", "-1", "from 0 to 18446744073709551615"), ("seed", "0xG", "hexadecimal"),
        ("store", "redis:here", "memory, sqlite:FILE or postgres://"), ("report", "", "the path of a file"),
    ])
    func aWrongValueIsOneLineWithTheOptionAndItsRange(name: String, text: String, range: String) throws {
        let error = #expect(throws: OptionError.self) { try DayOptions.command.parse(["--\(name)=\(text)"]) }
        let message = try #require(error).description
        #expect(message.hasPrefix("--\(name) takes "))
        #expect(message.contains(range))
        #expect(!message.contains("\n"))
    }

    @Test func theDefaultsAreThirtyDaysOfTwoHundredMembers() throws {
        guard case .run(let options) = try DayOptions.command.parse([]) else {
            Issue.record("help was asked for")
            return
        }
        #expect(DayOptions.settings(options) == DaySettings(days: 30, members: 200, seed: 1))
        #expect(options[DayOptions.store] == .memory)
        #expect(!options[DayOptions.quiet])
    }

    @Test func everyOptionIsInTheHelpText() {
        let help = DayOptions.command.helpText
        for option in DayOptions.command.options { #expect(help.contains("--\(option.name)")) }
    }
}
