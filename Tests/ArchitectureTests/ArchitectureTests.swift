import Testing

/// The package keeps the rules of its own house.
struct ArchitectureTests {
    @Test func everySourceKeepsEveryRule() throws {
        let files = try Checkout.sources()
        #expect(files.count > 100, "the sources were not found")
        for fault in ArchitectureCheck.faults(in: files) { Issue.record("\(fault)") }
    }

    @Test func noModuleCanReachItself() {
        for fault in ArchitectureCheck.cycleFaults(in: ModuleRules.all) { Issue.record("\(fault)") }
    }

    @Test func modulesOfTheStandardLibraryAloneImportNothingElse() {
        for module in ModuleRules.standardLibraryOnly {
            #expect(ModuleRules.all[module]?.system == ["Swift", "Synchronization"])
            #expect(ModuleRules.all[module]?.exceptions.isEmpty == true)
        }
    }

    @Test func everyTargetOfTheManifestKeepsTheTableAndTheLanguageFeatures() throws {
        let targets = try Checkout.manifest()
        #expect(targets.count > 5, "the manifest was not understood")
        for fault in ArchitectureCheck.manifestFaults(in: targets, rules: ModuleRules.all) {
            Issue.record("\(fault)")
        }
        let features: Set = [
            "ExistentialAny", "MemberImportVisibility", "InternalImportsByDefault", "NonisolatedNonsendingByDefault",
            "InferIsolatedConformances",
        ]
        for fault in ArchitectureCheck.featureFaults(in: targets, features: features) { Issue.record("\(fault)") }
    }

    @Test func everyFolderOfSourcesIsATarget() throws {
        let targets = Set(try Checkout.manifest().filter(\.isInSources).map(\.name))
        for module in Set(try Checkout.sources().map(\.module)).subtracting(targets).sorted() {
            Issue.record("Sources/\(module) belongs to no target")
        }
    }
}
