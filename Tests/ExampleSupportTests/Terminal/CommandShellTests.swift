import ExampleSupport
import Testing

struct CommandShellTests {
    @Test func aWrongCommandLineIsOneLineOnStandardErrorAndExitCode64() async throws {
        let result = try await #require(
            processExitsWith: .exitCode(64),
            observing: [\.standardErrorContent, \.standardOutputContent]
        ) {
            let error = try #require(SampleOptions.error("--buyers", "abc"))
            CommandShell.refuse(error, of: SampleOptions.command)
        }
        let text = String(decoding: result.standardErrorContent, as: UTF8.self)
        #expect(text.contains("sample-sale: --buyers takes a whole number from 1 to 1000000, not \"abc\"\n"))
    }

    @Test func aReportThatCannotBeWrittenIsNamedAndExitCode73() async throws {
        let result = try await #require(processExitsWith: .exitCode(73), observing: [\.standardErrorContent]) {
            CommandShell.save("text", to: "/no/such/folder/report.html", of: SampleOptions.command)
        }
        let text = String(decoding: result.standardErrorContent, as: UTF8.self)
        #expect(text.contains("sample-sale: /no/such/folder/report.html: cannot open: "))
    }

    @Test func aFileThatWasNotAskedForIsNotEvenMade() {
        var made = 0
        func text() -> String {
            made += 1
            return ""
        }
        CommandShell.save(text(), to: nil, of: SampleOptions.command)
        #expect(made == 0)
    }
}
