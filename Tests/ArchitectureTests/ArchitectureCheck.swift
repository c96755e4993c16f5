/// The rules of the house that a compiler does not hold, each as a function from sources to faults.
enum ArchitectureCheck {
    /// A broken rule, and where.
    struct Fault: Hashable, Sendable, CustomStringConvertible {
        let place: String
        let reason: String

        var description: String { "\(place): \(reason)" }
    }

    /// The most lines of a file: beyond that nobody sees it whole.
    static let longestFile = 450

    /// How many lines above an unproven construct its proof may stand.
    static let proofDistance = 3

    /// Names that every server already has for something else.
    static let reservedTypeNames: Set<String> = ["Page", "Request", "Response", "Client"]

    /// The traits of the manifest, as conditions.
    static let traits: Set<String> = ["SQLite", "LibPQ", "Crypto"]

    /// The C library of each adapter, which is there with the trait only.
    static let libraries = [
        "MarketplaceSQLite": "CMarketplaceSQLite", "MarketplacePostgres": "CMarketplaceLibPQ",
        "MarketplaceCrypto": "CMarketplaceCrypto",
    ]

    /// What a compiler believes without proof.
    static let unproven = ["@unchecked Sendable", "nonisolated(unsafe)"]

    /// Checks every file against every rule.
    static func faults(in files: [SourceFile], rules: [String: ModuleRule] = ModuleRules.all) -> [Fault] {
        files.flatMap { file in
            importFaults(in: file, rules: rules) + conditionFaults(in: file) + lengthFaults(in: file)
                + proofFaults(in: file) + nameFaults(in: file)
        }
    }

    /// Public types of one name in several modules: whoever imports both can name neither without its module.
    static func collisionFaults(in files: [SourceFile]) -> [Fault] {
        let declarations = files.flatMap { file in
            file.publicTypes.map { (name: $0.name, module: file.module, fault: fault(file, $0.line, "")) }
        }
        return Dictionary(grouping: declarations, by: \.name).sorted { $0.key < $1.key }.compactMap { name, places in
            let modules = Set(places.map(\.module)).sorted()
            guard modules.count > 1, let first = places.first else { return nil }
            let reason = "\(name) is a public type of \(modules.joined(separator: " and "))"
            return Fault(place: first.fault.place, reason: reason)
        }
    }

    /// Imports that the table does not allow, and modules that it does not know.
    static func importFaults(in file: SourceFile, rules: [String: ModuleRule]) -> [Fault] {
        guard let rule = rules[file.module] else {
            return [fault(file, 1, "module \(file.module) is not in the table of modules")]
        }
        let exceptions = rule.exceptions[file.path] ?? []
        return file.imports.compactMap { module, line in
            if rule.modules.contains(module) || rule.system.contains(module) || exceptions.contains(module) {
                return nil
            }
            // An adapter sees its own C library, which is there with its trait only: every line stands behind it.
            if module == libraries[file.module], file.conditions(at: line).contains(where: Self.traits.contains) {
                return nil
            }
            // Where there is no FoundationEssentials, Foundation stands for it, and only there.
            if module == "Foundation", rule.system.contains("FoundationEssentials"),
                file.conditions(at: line).contains("!canImport(FoundationEssentials)")
            {
                return nil
            }
            return fault(file, line, "\(file.module) must not import \(module)")
        }
    }

    /// FoundationEssentials and the platform's own modules exist on some platforms only.
    static func conditionFaults(in file: SourceFile) -> [Fault] {
        file.imports.compactMap { module, line in
            guard ModuleRules.platform.union(ModuleRules.foundationEssentials).contains(module),
                !file.conditions(at: line).contains("canImport(\(module))")
            else { return nil }
            return fault(file, line, "\(module) must be imported behind #if canImport(\(module))")
        }
    }

    static func lengthFaults(in file: SourceFile) -> [Fault] {
        guard file.lines.count > longestFile else { return [] }
        return [fault(file, longestFile + 1, "the file has \(file.lines.count) lines, at most \(longestFile) are kept")]
    }

    /// Constructs that need a proof and have no comment close above them, or on their own line.
    static func proofFaults(in file: SourceFile) -> [Fault] {
        let code = file.code
        return code.indices.compactMap { index in
            guard let construct = unproven.first(where: { code[index].contains($0) }) else { return nil }
            let above = file.lines[max(0, index - proofDistance)...index]
            if above.contains(where: { $0.contains("//") }) { return nil }
            return fault(file, index + 1, "\(construct) without its proof in a comment above it")
        }
    }

    static func nameFaults(in file: SourceFile) -> [Fault] {
        file.publicTypes.compactMap { name, line in
            // `Marketplace.Order` must mean the module, in every module of the package.
            if ModuleRules.all[name] != nil {
                return fault(file, line, "the public type \(name) is named like a module")
            }
            if reservedTypeNames.contains(name) {
                return fault(file, line, "\(name) is a name that every server already has")
            }
            return nil
        }
    }

    /// Pairs of modules that may see each other, directly or by way of others.
    static func cycleFaults(in rules: [String: ModuleRule]) -> [Fault] {
        rules.keys.sorted().compactMap { module in
            var reached: Set<String> = []
            var open = Array(rules[module]?.modules ?? [])
            while let next = open.popLast() {
                if reached.insert(next).inserted { open += rules[next]?.modules ?? [] }
            }
            return reached.contains(module) ? Fault(place: module, reason: "can reach itself by its imports") : nil
        }
    }

    /// Targets whose dependencies in the manifest go beyond what the table allows.
    static func manifestFaults(in targets: [ManifestTarget], rules: [String: ModuleRule]) -> [Fault] {
        targets.filter { $0.kind == "regular" && $0.isInSources }.flatMap { target -> [Fault] in
            guard let rule = rules[target.name] else {
                return [Fault(place: "Package.swift", reason: "target \(target.name) is not in the table of modules")]
            }
            return target.dependencies.filter { !rule.modules.contains($0) && !$0.hasPrefix("CMarketplace") }.map {
                Fault(place: "Package.swift", reason: "target \(target.name) must not depend on \($0)")
            }
        }
    }

    /// Targets that are built without one of the language features, or library modules without strict memory safety.
    static func featureFaults(in targets: [ManifestTarget], features: Set<String>) -> [Fault] {
        targets.flatMap { target -> [Fault] in
            guard target.kind != "system", target.kind != "plugin" else { return [] }
            var faults = features.subtracting(target.upcomingFeatures).sorted().map {
                Fault(place: "Package.swift", reason: "target \(target.name) is built without \($0)")
            }
            if target.kind == "regular", target.isInSources, !target.isStrictlyMemorySafe {
                faults.append(
                    Fault(place: "Package.swift", reason: "target \(target.name) is built without strict memory safety")
                )
            }
            return faults
        }
    }

    private static func fault(_ file: SourceFile, _ line: Int, _ reason: String) -> Fault {
        Fault(place: "Sources/\(file.module)/\(file.path):\(line)", reason: reason)
    }
}
