import Foundation

/// One target as the package manager understands the manifest.
struct ManifestTarget: Sendable {
    let name: String
    /// `regular`, `executable`, `test`, `system` or `plugin`.
    let kind: String
    /// The path where one is given; nil for the folder of the target's name.
    let path: String?
    /// The targets of this package it depends on.
    let dependencies: [String]
    let upcomingFeatures: Set<String>
    let isStrictlyMemorySafe: Bool

    /// Whether its folder lies in `Sources`.
    var isInSources: Bool { path?.hasPrefix("Sources/") ?? (kind == "regular") }
}

extension ManifestTarget {
    /// The targets in the output of `swift package dump-package`.
    static func all(in dump: Data) throws -> [ManifestTarget] {
        try JSONDecoder().decode(Dump.self, from: dump).targets.map { target in
            ManifestTarget(
                name: target.name,
                kind: target.type,
                path: target.path,
                dependencies: target.dependencies.compactMap { dependency in
                    (dependency["byName"] ?? dependency["target"])?.first?.text
                },
                upcomingFeatures: Set(target.settings.compactMap { $0.kind["enableUpcomingFeature"]?["_0"] }),
                isStrictlyMemorySafe: target.settings.contains { $0.kind["strictMemorySafety"] != nil }
            )
        }
    }

    private struct Dump: Decodable {
        let targets: [Target]

        struct Target: Decodable {
            let name: String
            let type: String
            let path: String?
            let dependencies: [[String: [Argument]]]
            let settings: [Setting]
        }

        struct Setting: Decodable {
            let kind: [String: [String: String]]
        }

        /// An argument of a dependency: its name first, then a condition or nothing.
        struct Argument: Decodable {
            let text: String?

            init(from decoder: any Decoder) throws {
                text = try? decoder.singleValueContainer().decode(String.self)
            }
        }
    }
}
