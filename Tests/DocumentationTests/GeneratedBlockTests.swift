import Foundation
import Marketplace
import Testing

struct GeneratedBlockTests {
    /// The text of each generated block, by the name in the comment before it.
    private static func texts() throws -> [String: String] {
        [
            "Order.lifecycle": Order.lifecycle.mermaid,
            "Payment.lifecycle": Payment.lifecycle.mermaid,
            "Payout.lifecycle": Payout.lifecycle.mermaid,
            "Shipment.lifecycle": Shipment.lifecycle.mermaid,
            "Product.lifecycle": Product.lifecycle.mermaid,
            "Member.lifecycle": Member.lifecycle.mermaid,
            "SellerAccount.lifecycle": SellerAccount.lifecycle.mermaid,
            "Enterprise.lifecycle": Enterprise.lifecycle.mermaid,
            "PartnerSchool.lifecycle": PartnerSchool.lifecycle.mermaid,
            "ProductCategory.lifecycle": ProductCategory.lifecycle.mermaid,
            "Review.lifecycle": Review.lifecycle.mermaid,
            "OrderReturn.lifecycle": OrderReturn.lifecycle.mermaid,
            "ReservationState.successors": picture(from: .held) { (state: ReservationState) in state.successors },
            "RedemptionState.successors": picture(from: .held) { (state: RedemptionState) in state.successors },
            "Package.swift": Manifest.mermaid(of: try Manifest.modules()),
        ]
    }

    /// The picture of a lifecycle; a state without successors is an end.
    private static func picture<State: CaseIterable>(from initial: State, _ successors: (State) -> [State]) -> String {
        var lines = ["stateDiagram-v2", "    [*] --> \(initial)"]
        for state in State.allCases {
            for next in successors(state) { lines.append("    \(state) --> \(next)") }
            if successors(state).isEmpty { lines.append("    \(state) --> [*]") }
        }
        return lines.map { $0 + "\n" }.joined()
    }

    @Test func everyGeneratedBlockIsUpToDate() throws {
        let texts = try Self.texts()
        for path in try PackageFiles.documents() {
            for (place, block) in try PackageFiles.markdown(path).blocks.enumerated() {
                guard let name = block.generatedFrom else { continue }
                try PackageFiles.expect(
                    #require(texts[name], "\(path): nothing makes \(name)"),
                    inBlock: place,
                    of: path
                )
            }
        }
    }

    @Test func everyPictureIsShown() throws {
        let shown = try PackageFiles.documents().flatMap { path in
            try PackageFiles.markdown(path).blocks.compactMap(\.generatedFrom)
        }
        #expect(shown.sorted() == (try Self.texts()).keys.sorted())
    }

    @Test func theTableOfEventsNamesEveryObserverEvent() throws {
        let table = try PackageFiles.markdown("Docs/Observability.md").prose
        var count = 0
        for path in try PackageFiles.sources(under: "Sources") {
            let text = try PackageFiles.text(path)
            guard text.contains(": ObserverEvent {") else { continue }
            let constants = Self.literals(after: "static let name = ", in: text)
            let attributes = Self.literals(after: ".label(", in: text) + Self.literals(after: ".field(", in: text)
            count += constants.count
            for name in constants + attributes {
                #expect(table.contains("`\(name)`"), "Docs/Observability.md leaves \(name) of \(path) out")
            }
        }
        #expect(count > 2, "the events were not found")
    }

    /// The string literals that directly follow `prefix`.
    private static func literals(after prefix: String, in text: String) -> [String] {
        text.components(separatedBy: prefix + "\"").dropFirst().compactMap { $0.components(separatedBy: "\"").first }
    }
}
