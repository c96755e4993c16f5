import Foundation

/// The modules of the package and what they depend on, as `Package.swift` lists them.
enum Manifest {
    struct Module: Equatable {
        let name: String
        let dependencies: [String]
    }

    /// The modules and the adapters, in the order of the manifest.
    static func modules() throws -> [Module] {
        let text = try PackageFiles.text("Package.swift")
        return modules(of: "modules", in: text) + modules(of: "adapters", in: text)
    }

    /// The entries of the form `module("Name", ["Dependency", …])` in a list of the manifest; C libraries and traits
    /// are left out.
    static func modules(of list: String, in text: String) -> [Module] {
        guard let start = text.range(of: "let \(list): [Target] = ["),
            let end = text.range(of: "\n]", range: start.upperBound..<text.endIndex)
        else { return [] }
        let entries = text[start.upperBound..<end.lowerBound].components(separatedBy: "module(").dropFirst()
        return entries.map { entry in
            let names = entry.components(separatedBy: "\"").enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
            return Module(name: names[0], dependencies: names.dropFirst().filter { $0.hasPrefix("Marketplace") })
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
