import ExampleSupport
import Marketplace
import PriceCartKit
import Testing

/// Every example of the rule format is a rule.
struct PromotionExampleTests {
    private static let path = "Docs/Promotions.md"

    @Test func everyJSONBlockIsWhatItSays() throws {
        let blocks = try PackageFiles.markdown(Self.path).blocks.filter { $0.language == "json" }
        #expect(blocks.count > 5)
        for block in blocks {
            let bytes = Array(block.text.utf8)
            switch block.note {
            case "document": _ = try PriceCart(bytes: bytes, name: Self.path, now: .epoch)
            case "promotion": #expect(try JSONDocument.decode(Promotion.self, from: bytes).problem() == nil)
            case "policy": _ = try JSONDocument.decode(PricingPolicy.self, from: bytes)
            case "refusal":
                let refusal = PromotionRefusal.total(
                    found: Money(minorUnits: 25_000, .krw),
                    wanted: .atLeast(Money(minorUnits: 30_000, .krw))
                )
                #expect(try lines(of: JSONDocument.encode(refusal)) == lines(of: bytes))
            default: Issue.record("\(Self.path) has a block of JSON that says \(block.note)")
            }
        }
    }

    /// The members of a flat object, in order, whatever its layout.
    private func lines(of bytes: [UInt8]) throws -> [String] {
        let text = String(decoding: bytes, as: UTF8.self).filter { !$0.isNewline && $0 != " " }
        return text.dropFirst().dropLast().split(separator: ",").map(String.init).sorted()
    }

    @Test func theReceiptIsWhatTheCommandPrints() throws {
        let blocks = try PackageFiles.markdown(Self.path).blocks
        let document = try #require(blocks.first { $0.note == "document" })
        let priced = try PriceCart(bytes: Array(document.text.utf8), name: Self.path, now: .epoch)
        let place = try #require(blocks.firstIndex { $0.note == "receipt" })
        let receipt = Receipt(priced, isExplained: false).lines(width: 80).map { $0 + "\n" }.joined()
        try PackageFiles.expect(receipt, inBlock: place, of: Self.path)
    }

    @Test func theErrorIsWhatTheCommandPrints() throws {
        let blocks = try PackageFiles.markdown(Self.path).blocks
        let document = try #require(blocks.first { $0.note == "document" })
        let misspelt = document.text.replacing("\"percentOff\"", with: "\"percentOf\"")
        let failure = #expect(throws: PriceCartFailure.self) {
            try PriceCart(bytes: Array(misspelt.utf8), name: "cart.json", now: .epoch)
        }
        let place = try #require(blocks.firstIndex { $0.language == "console" })
        let output = "$ price-cart cart.json\nprice-cart: \(failure?.line ?? "")\n"
        try PackageFiles.expect(output, inBlock: place, of: Self.path)
    }

    @Test func everyRowOfATableOfFormsIsSuchAForm() throws {
        #expect(try check("Conditions") { try JSONDocument.decode(PromotionCondition.self, from: $0) } > 15)
        #expect(try check("Filters") { try JSONDocument.decode(LineFilter.self, from: $0) } > 10)
        let count = try check("Benefits") { bytes in
            let benefit = try JSONDocument.decode(PromotionBenefit.self, from: bytes)
            #expect(Promotion("example", benefit).problem() == nil)
        }
        #expect(count > 15)
    }

    /// Decodes the first cell of every row of the table below a heading; how many there are.
    private func check(_ heading: String, _ decode: ([UInt8]) throws -> some Any) throws -> Int {
        let lines = try PackageFiles.markdown(Self.path).lines
        let start = try #require(lines.firstIndex(of: "### \(heading)"))
        let rows = lines[(start + 1)...].prefix { !$0.hasPrefix("#") }.filter { $0.hasPrefix("| `") }.dropFirst()
        for row in rows {
            let form = try #require(row.split(separator: "`").dropFirst().first)
            do {
                _ = try decode(Array(form.utf8))
            } catch {
                Issue.record("\(heading): \(form): \(error)")
            }
        }
        return rows.count
    }

    @Test func everyKeyAndWordOfTheFormIsExplained() throws {
        let guide = try PackageFiles.text(Self.path)
        for word in CartSchema.vocabulary {
            #expect(guide.contains("\"\(word)\"") || guide.contains("`\(word)`"), "\(Self.path) leaves \(word) out")
        }
    }
}
