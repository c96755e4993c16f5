import Foundation
import Marketplace
import MarketplaceJSON

/// The schemas of the events as they were released: `swift run event-schemas --format json` writes the same files.
enum ReleasedSchemas {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Released")

    /// Whether the files are to be written anew: `MARKETPLACE_UPDATE_GOLDEN=1`.
    static var isUpdating: Bool { ProcessInfo.processInfo.environment["MARKETPLACE_UPDATE_GOLDEN"] != nil }

    /// The schemas in the folder, by name.
    static func read() throws -> [EventSchema] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
            .filter { $0.hasSuffix(".schema.json") }
            .map { try EventSchema(jsonSchema: Array(Data(contentsOf: folder.appending(path: $0)))) }
    }

    static func write(_ schema: EventSchema) throws {
        let file = folder.appending(path: "\(schema.name).v\(schema.version).schema.json")
        try schema.jsonSchema.write(to: file, atomically: true, encoding: .utf8)
    }

    /// What breaks a reader of what was released, in a sentence each: of the newest version of every name.
    static func breaks(of today: [EventSchema], since released: [EventSchema]) -> [String] {
        let byName = Dictionary(grouping: today, by: \.name)
        return Dictionary(grouping: released, by: \.name).sorted { $0.key < $1.key }.flatMap { name, versions in
            guard let new = byName[name]?.first else { return ["\(name) is no longer an event"] }
            let newest = versions.map(\.version).max() ?? 0
            guard new.version >= newest else { return ["\(name) went back to version \(new.version)"] }
            guard let old = versions.first(where: { $0.version == new.version }) else { return [] }
            return new.breakingChanges(since: old).map(\.description)
        }
    }
}
