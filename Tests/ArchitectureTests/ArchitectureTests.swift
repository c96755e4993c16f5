import Foundation
import Testing

/// The package keeps the rules of its own house.
struct ArchitectureTests {
    @Test func everySourceKeepsEveryRule() throws {
        let files = try Checkout.sources()
        #expect(files.count > 100, "the sources were not found")
        for fault in ArchitectureCheck.faults(in: files) { Issue.record("\(fault)") }
    }

    @Test func noTwoModulesHaveAPublicTypeOfOneName() throws {
        for fault in ArchitectureCheck.collisionFaults(in: try Checkout.sources()) { Issue.record("\(fault)") }
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

    @Test func theConsumerUsesEveryModule() throws {
        let consumer = Checkout.root.appending(path: "Tests/Consumer")
        let manifest = try String(contentsOf: consumer.appending(path: "Package.swift"), encoding: .utf8)
        let source = try String(
            contentsOf: consumer.appending(path: "Sources/everything/Everything.swift"),
            encoding: .utf8
        )
        let imports = Set(SourceFile(module: "", path: "", text: source).imports.map(\.module))
        for module in try Checkout.manifest().filter({ $0.isInSources && $0.kind == "regular" }).map(\.name) {
            #expect(manifest.contains("\"\(module)\""), "Tests/Consumer/Package.swift leaves \(module) out")
            #expect(imports.contains(module), "the consumer's Everything.swift does not import \(module)")
        }
    }
}
