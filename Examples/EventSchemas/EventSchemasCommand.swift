import ExampleSupport
import Marketplace
import MarketplaceCore
import MarketplaceJSON

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// `swift run event-schemas --format avro DIR`.
@main
enum EventSchemasCommand {
    /// The most bytes of a schema's file; ours have some thousands.
    private static let maximumFileBytes = 1_000_000

    static func main() throws {
        let options = CommandShell.parse(EventSchemasOptions.command)
        guard let folder = options[EventSchemasOptions.folder], folder != InputFile.standardInput else {
            CommandShell.refuse(
                .unmet(name: EventSchemasOptions.folder.name, reason: "DIR is needed; --help lists all options"),
                of: EventSchemasOptions.command
            )
        }
        if options[EventSchemasOptions.check], options.isGiven(EventSchemasOptions.format),
            options[EventSchemasOptions.format] != .json
        {
            CommandShell.refuse(
                .unmet(name: EventSchemasOptions.check.name, reason: "compares JSON Schemas, not Avro"),
                of: EventSchemasOptions.command
            )
        }
        if options[EventSchemasOptions.check] {
            try check(folder)
        } else {
            try write(to: folder, as: options[EventSchemasOptions.format])
        }
    }

    private static func write(to folder: String, as format: EventSchemasOptions.Format) throws {
        do throws(FileError) {
            try FileFolder.make(folder)
        } catch {
            fail("\(error)", CommandShell.unwritableExitCode)
        }
        for event in PublishedEvent.all {
            let schema = try event.schema
            let (text, suffix) =
                switch format {
                case .json: (schema.jsonSchema, "schema.json")
                case .avro: (schema.avroSchema, "avsc")
                }
            let path = "\(folder)/\(event.name).v\(event.version).\(suffix)"
            CommandShell.save(text, to: path, of: EventSchemasOptions.command)
        }
        Console.standardOutput.writeLine("\(PublishedEvent.all.count) schemas written to \(folder)")
    }

    private static func check(_ folder: String) throws {
        let released = released(in: folder)
        var breaks = 0
        for schema in released {
            guard let event = PublishedEvent.named(schema.name), event.version == schema.version else {
                breaks += 1
                Console.standardOutput.writeLine("\(schema.name) is no longer written in version \(schema.version)")
                continue
            }
            for change in try event.schema.breakingChanges(since: schema) {
                breaks += 1
                Console.standardOutput.writeLine("\(change)")
            }
        }
        Console.standardOutput.writeLine("\(released.count) compared, \(breaks) breaks")
        if breaks > 0 { exit(breakExitCode) }
    }

    private static func released(in folder: String) -> [EventSchema] {
        do {
            let names = try FileFolder.names(in: folder).filter { $0.hasSuffix(".schema.json") }
            guard !names.isEmpty else { fail("\(folder): holds no schema of an event", noInputExitCode) }
            return names.map { released(at: "\(folder)/\($0)") }
        } catch {
            fail("\(error)", noInputExitCode)
        }
    }

    private static func released(at path: String) -> EventSchema {
        do {
            return try EventSchema(jsonSchema: InputFile.read(path, limit: maximumFileBytes))
        } catch {
            fail("\(path): \(error)", noInputExitCode)
        }
    }

    /// A file that should be read is not there or is none of ours: `EX_NOINPUT` of BSD's `sysexits.h`.
    private static let noInputExitCode: Int32 = 66
    /// Something breaks.
    private static let breakExitCode: Int32 = 1

    private static func fail(_ line: String, _ code: Int32) -> Never {
        Console.standardError.writeLine("\(EventSchemasOptions.command.command): \(line)")
        exit(code)
    }
}
