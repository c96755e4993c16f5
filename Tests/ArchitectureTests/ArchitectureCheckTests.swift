import Foundation
import Testing

/// The checker finds what is planted, and leaves alone what is allowed.
struct ArchitectureCheckTests {
    private func faults(_ text: String, module: String = "MarketplaceCore", path: String = "A.swift") -> [String] {
        ArchitectureCheck.faults(in: [SourceFile(module: module, path: path, text: text)]).map(\.reason)
    }

    @Test func findsAnImportThatPointsUp() {
        #expect(faults("import MarketplaceStorage") == ["MarketplaceCore must not import MarketplaceStorage"])
        #expect(faults("public import MarketplaceStorage") == ["MarketplaceCore must not import MarketplaceStorage"])
        #expect(
            faults("@testable import struct MarketplaceStorage.Transaction")
                == ["MarketplaceCore must not import MarketplaceStorage"]
        )
        #expect(faults("import MarketplaceCore", module: "MarketplaceStorage").isEmpty)
    }

    @Test func findsFoundationWhereverItIs() {
        let expected = ["MarketplaceInMemory must not import Foundation"]
        #expect(faults("import Foundation", module: "MarketplaceInMemory") == expected)
        #expect(faults("import struct Foundation.Date", module: "MarketplaceInMemory") == expected)
        #expect(
            faults("import Foundation", module: "MarketplaceJSON") == ["MarketplaceJSON must not import Foundation"]
        )
    }

    @Test func allowsFoundationOnlyAsTheStandInForItsSmallerPart() {
        let allowed = """
            #if canImport(FoundationEssentials)
            import FoundationEssentials
            #else
            import Foundation
            #endif
            """
        #expect(faults(allowed, module: "MarketplaceJSON").isEmpty)
        #expect(faults(allowed, module: "MarketplaceCore").count == 2)
        let bare = ["FoundationEssentials must be imported behind #if canImport(FoundationEssentials)"]
        #expect(faults("import FoundationEssentials", module: "MarketplaceJSON") == bare)
        let inverted = "#if DEBUG\nimport Foundation\n#endif"
        #expect(!faults(inverted, module: "MarketplaceJSON").isEmpty)
    }

    @Test func allowsThePlatformInTheWallClockAlone() {
        let text = "#if canImport(Glibc)\nimport Glibc\n#elseif canImport(Musl)\nimport Musl\n#endif"
        #expect(faults(text, module: "MarketplaceStorage", path: "Time/SystemWallClock.swift").isEmpty)
        #expect(faults(text, module: "MarketplaceStorage", path: "Time/Other.swift").count == 2)
        #expect(faults(text, module: "MarketplaceCore", path: "Time/SystemWallClock.swift").count == 2)
    }

    @Test func readsNoImportsOutOfComments() {
        #expect(faults("// import Foundation\n/// import Foundation").isEmpty)
    }

    @Test func findsAModuleThatIsNotInTheTable() {
        #expect(faults("", module: "MarketplaceMagic") == ["module MarketplaceMagic is not in the table of modules"])
    }

    @Test func findsAFileThatIsTooLong() {
        let limit = ArchitectureCheck.longestFile
        #expect(faults(String(repeating: "\n", count: limit)).isEmpty)
        #expect(faults(String(repeating: "\n", count: limit + 1)).count == 1)
    }

    @Test func findsUnprovenClaimsToTheCompiler() {
        #expect(faults("final class A: @unchecked Sendable {}").count == 1)
        #expect(faults("// Its one field is constant.\nfinal class A: @unchecked Sendable {}").isEmpty)
        #expect(faults("// Too far away.\n\n\n\nnonisolated(unsafe) var a = 1").count == 1)
        #expect(faults("// says @unchecked Sendable").isEmpty)
    }

    @Test func findsPublicTypesWithNamesThatAreTaken() {
        #expect(
            faults("public struct MarketplaceCore {}") == ["the public type MarketplaceCore is named like a module"]
        )
        #expect(faults("public final class Client {}") == ["Client is a name that every server already has"])
        #expect(faults("public enum Page<Element> {}").count == 1)
        #expect(faults("struct Page {}\npublic struct PageSize {}").isEmpty)
        #expect(faults("public struct Listing {\n    public struct Page {}\n}").isEmpty)
    }

    @Test func findsCycles() {
        let rules = ["A": ModuleRule(["B"]), "B": ModuleRule(["C"]), "C": ModuleRule(["A"]), "D": ModuleRule(["A"])]
        #expect(ArchitectureCheck.cycleFaults(in: rules).map(\.place) == ["A", "B", "C"])
    }

    @Test func findsTargetsThatBreakTheTableOrLackAFeature() throws {
        let dump = """
            {"targets": [
              {"name": "MarketplaceCore", "type": "regular", "settings": [],
               "dependencies": [{"byName": ["MarketplaceStorage", null]}]},
              {"name": "MarketplaceMagic", "type": "regular", "dependencies": [], "settings": [
                {"tool": "swift", "kind": {"strictMemorySafety": {}}},
                {"tool": "swift", "kind": {"enableUpcomingFeature": {"_0": "ExistentialAny"}}}]},
              {"name": "Tool", "type": "executable", "path": "Tests/Tool", "dependencies": [], "settings": []}
            ]}
            """
        let targets = try ManifestTarget.all(in: Data(dump.utf8))
        #expect(
            ArchitectureCheck.manifestFaults(in: targets, rules: ModuleRules.all).map(\.reason) == [
                "target MarketplaceCore must not depend on MarketplaceStorage",
                "target MarketplaceMagic is not in the table of modules",
            ]
        )
        #expect(
            ArchitectureCheck.featureFaults(in: targets, features: ["ExistentialAny"]).map(\.reason) == [
                "target MarketplaceCore is built without ExistentialAny",
                "target MarketplaceCore is built without strict memory safety",
                "target Tool is built without ExistentialAny",
            ]
        )
    }

    @Test func aPublicTypeOfTheSameNameInAnotherModuleIsAFault() {
        let files = [
            SourceFile(module: "A", path: "One.swift", text: "public enum Outcome {}\nstruct Mine {}\n"),
            SourceFile(module: "B", path: "Two.swift", text: "public struct Outcome {}\nstruct Mine {}\n"),
            SourceFile(module: "B", path: "Three.swift", text: "public struct Other {}\n"),
        ]
        let faults = ArchitectureCheck.collisionFaults(in: files)
        #expect(faults.map(\.reason) == ["Outcome is a public type of A and B"])
        #expect(ArchitectureCheck.collisionFaults(in: Array(files.dropFirst())).isEmpty)
    }
}
