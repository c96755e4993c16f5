import TestSupport
import Testing

@testable import MarketplaceCore

struct EditDistanceTests {
    @Test func slipsAreCounted() {
        let distances: [(String, String, Int)] = [
            ("", "", 0), ("", "abc", 3), ("percent", "percent", 0), ("percnt", "percent", 1), ("pecrent", "percent", 1),
            ("PERCENT", "percent", 0), ("kitten", "sitting", 3), ("ca", "abc", 3), ("\u{E9}", "e", 2),
        ]
        for (one, other, distance) in distances {
            #expect(EditDistance.between(one, other, limit: 10) == distance, "\(one) \(other)")
            #expect(EditDistance.between(other, one, limit: 10) == distance, "\(other) \(one)")
            #expect(EditDistance.between(one, other, limit: distance - 1) == nil, "\(one) \(other)")
        }
    }

    @Test func longNamesAreNotCompared() {
        let longest = String(repeating: "a", count: EditDistance.maximumByteCount)
        #expect(EditDistance.between(longest, longest, limit: 0) == 0)
        #expect(EditDistance.between(longest + "a", longest + "a", limit: 0) == nil)
    }

    @Test func oneSlipIsFoundWhereverItIs() {
        PropertyRun.check(500) { run in
            let letters = Array("abcdefgh")
            let name = (0...run.natural(through: 12)).map { _ in run.element(of: letters) }
            var slipped = name
            let place = run.natural(through: name.count - 1)
            switch run.natural(through: 3) {
            case 0: slipped.remove(at: place)
            case 1: slipped.insert("x", at: place)
            case 2: slipped[place] = "x"
            default: slipped.swapAt(place, min(place + 1, name.count - 1))
            }
            let distance = EditDistance.between(String(name), String(slipped), limit: 1)
            #expect(distance == (name == slipped ? 0 : 1), run.replay)
        }
    }

    @Test func theNearestNameIsGuessedAndNeverAFarOne() {
        let known = ["percent", "percents", "minimumQuantity", "of", "sku", "SKUs"]
        let guesses = [
            "percent ": "percent", "pecrent": "percent", "percentss": "percents", "minimum_quantity": "minimumQuantity",
            "minQuantity": nil, "if": nil, "skus": "SKUs", "skv": "sku", "s": nil, "": nil,
        ]
        for (key, guess) in guesses { #expect(EditDistance.nearest(to: key, of: known) == guess, "\(key)") }
    }
}
