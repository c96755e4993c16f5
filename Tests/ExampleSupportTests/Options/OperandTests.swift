import ExampleSupport
import Testing

struct OperandTests {
    private static let document = Option.file("document", placeholder: "FILE.json", help: "What is read")
    private static let quiet = Option.flag("quiet", help: "Says nothing")
    private static let command = CommandLineOptions("reader", summary: "reads", [quiet], operand: document)

    private static func parsed(_ arguments: String...) throws(OptionError) -> ParsedOptions? {
        guard case .run(let parsed) = try command.parse(arguments) else { return nil }
        return parsed
    }

    private static func error(_ arguments: String...) -> OptionError? {
        do throws(OptionError) {
            _ = try command.parse(arguments)
            return nil
        } catch {
            return error
        }
    }

    @Test func theOperandStandsAnywhereAmongTheOptions() throws {
        #expect(try Self.parsed("a.json")?[Self.document] == "a.json")
        #expect(try Self.parsed("a.json", "--quiet")?[Self.quiet] == true)
        #expect(try Self.parsed("--quiet", "-")?[Self.document] == "-")
        #expect(try Self.parsed()?[Self.document] == nil)
    }

    @Test func thereIsOneOperandAndNoShortOption() {
        #expect(Self.error("a.json", "b.json") == .extraArgument("b.json", operand: "FILE.json"))
        #expect(
            Self.error("-q")?.description == "takes options and one FILE.json, not \"-q\" as well; --help lists them"
        )
        #expect(Self.error("") == .extraArgument("", operand: "FILE.json"))
    }

    @Test func theOperandIsNotAnOption() {
        #expect(Self.error("--document", "a.json") == .unknown(name: "document", nearest: nil))
    }

    @Test func theHelpTextNamesTheOperand() {
        #expect(Self.command.helpText.contains("Usage: reader [options] [FILE.json]\n"))
        #expect(Self.command.helpText.contains("\n  FILE.json  What is read. The path of a file.\n"))
    }
}
