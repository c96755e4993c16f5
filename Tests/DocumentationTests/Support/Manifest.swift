import Foundation

/// The modules of the package and what they depend on, as `Package.swift` lists them.
enum Manifest {
    struct Module: Equatable {
        let name: String
        let dependencies: [String]
    }

    /// The modules and the adapters, in the order of the manifest.
    static func modules() throws -> [Module] {
        modules(in: try PackageFiles.text("Package.swift"))
    }

    /// The entries of the form `module("Name", ["Dependency", …])` in the lists of modules and of adapters.
    static func modules(in text: String) -> [Module] {
        entries(of: "modules", in: text) + entries(of: "adapters", in: text)
    }

    private static func entries(of list: String, in text: String) -> [Module] {
        guard let start = text.range(of: "let \(list): [Target] = ["),
            let end = text.range(of: "\n]", range: start.upperBound..<text.endIndex)
        else { return [] }
        let entries = text[start.upperBound..<end.lowerBound].components(separatedBy: "module(").dropFirst()
        return entries.map { entry in
            let names = entry.components(separatedBy: "\"").enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
            // C libraries and traits are no modules of the package.
            let others = names.dropFirst().filter { !$0.hasPrefix("CMarketplace") && $0 != "SQLite" }
            return Module(name: names[0], dependencies: Array(others))
        }
    }

    /// The modules as a Mermaid graph: an arrow for each dependency that does not follow from the others.
    static func mermaid(of modules: [Module]) -> String {
        let direct = Dictionary(uniqueKeysWithValues: modules.map { ($0.name, Set($0.dependencies)) })
        func all(_ name: String) -> Set<String> {
            (direct[name] ?? []).reduce(into: direct[name] ?? []) { $0.formUnion(all($1)) }
        }
        var lines = ["graph TD"]
        for module in modules {
            let implied = module.dependencies.reduce(into: Set<String>()) { $0.formUnion(all($1)) }
            let drawn = module.dependencies.filter { !implied.contains($0) }
            if drawn.isEmpty { lines.append("    \(module.name)") }
            for dependency in drawn { lines.append("    \(module.name) --> \(dependency)") }
        }
        return lines.map { $0 + "\n" }.joined()
    }
}
