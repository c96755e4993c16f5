import ExampleStores
import ExampleSupport
import MarketplaceCore
import MarketplaceJSON
import MarketplaceSagas
import MarketplaceStorage
import TripBookingKit

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// `swift run trip-booking`.
@main
struct TripBookingCommand {
    private let options: ParsedOptions
    private let output = Console.standardOutput

    static func main() async throws {
        let command = TripBookingCommand(options: CommandShell.parse(TripOptions.command))
        exit(try await command.run().exitCode)
    }

    /// Books the trip and shows what came of it.
    private func run() async throws -> TripEnding {
        let opened = await ExampleStore.open(
            options[TripOptions.store],
            namespace: .tripBooking,
            for: TripOptions.command
        )
        let office = TripOffice(
            options[TripOptions.scenario],
            decision: options[TripOptions.decision],
            store: opened.store,
            wallClock: .system,
            clock: .continuous
        )
        guard try await !office.isBookedBefore else {
            let reason = "holds a trip already, and its suppliers are gone: take another file"
            CommandShell.refuse(.unmet(name: TripOptions.store.name, reason: reason), of: TripOptions.command)
        }
        let report = try await office.run()
        output.write(report.callTable)
        output.writeLines(SectionHeading.lines("What happened"))
        output.write(report.timeline.description)
        if options[TripOptions.list] { output.write(report.sagaTable) }
        if options[TripOptions.mermaid] {
            output.writeLines(SectionHeading.lines("The saga as a Mermaid flowchart"))
            output.write(report.definition)
            output.writeLines(SectionHeading.lines("The run as a Mermaid flowchart"))
            output.write(report.timeline.mermaid)
        }
        output.writeLine()
        output.writeLine(report.verdict)
        CommandShell.save(report.timeline.svg, to: options[TripOptions.picture], of: TripOptions.command)
        let codec: any PayloadCodec = .json
        let json = String(decoding: try codec.encode(report.timeline), as: UTF8.self)
        CommandShell.save(json + "\n", to: options[TripOptions.json], of: TripOptions.command)
        await opened.close()
        return report.ending
    }
}
