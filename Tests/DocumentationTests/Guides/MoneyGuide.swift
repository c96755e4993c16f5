import Marketplace
import Testing

struct MoneyGuide {
    @Test func amountsAreCheckedAndSplitExactly() throws {
        // guide: Money
        let price = Money(minorUnits: 1_999, .usd)
        let total = try price * Quantity(3)  // 59.97 USD
        let parts = try total.allocated(by: [1, 1, 2])  // 14.99, 14.99 and 29.99 USD
        // end of guide
        #expect("\(total)" == "59.97 USD")
        #expect(parts.map(\.description) == ["14.99 USD", "14.99 USD", "29.99 USD"])
        #expect(try Money.sum(of: parts, in: .usd) == total)
    }

    @Test func whatCannotBeComputedIsATypedError() throws {
        // guide: Errors
        func sum(_ left: Money, _ right: Money) -> String {
            do throws(MoneyError) {
                return "\(try left + right)"
            } catch {
                switch error {
                case .currencyMismatch(let left, let right): return "\(left) and \(right) do not mix"
                case .overflow(let operation): return "\(operation) does not fit"
                case .allocation(let reason): return reason.description
                }
            }
        }
        // end of guide
        let won = Money(minorUnits: 1_500, .krw)
        #expect(sum(won, won) == "3000 KRW")
        #expect(sum(won, Money(minorUnits: 1, .usd)) == "KRW and USD do not mix")
        #expect(sum(won, Money(minorUnits: .max, .krw)).hasSuffix("does not fit"))
    }

    @Test func amountsAreReadAndWritten() throws {
        // guide: Text
        let dinar = try Money(parsing: "1.234 KWD")  // 1,234 minor units: the dinar has three digits
        let reason = (try? Money(parsing: "1.2 KWD")) == nil
        // end of guide
        #expect(dinar.minorUnits == 1_234)
        #expect("\(dinar)" == "1.234 KWD")
        #expect(reason)
    }

    @Test func percentagesAreExactUntilTheyAreRounded() throws {
        // guide: Percentages and rounding
        let price = Money(minorUnits: 9_990, .krw)
        let discount = Percentage.basisPoints(1_250)  // 12.5%
        let off = try price.share(discount, rounding: .halfEven)  // 1248.75 becomes 1249 KRW
        let third = Percentage(try Ratio(1, over: 3))  // exactly a third
        let share = try price.share(third, rounding: .down)  // 3330 KRW
        // end of guide
        #expect("\(discount)" == "12.5%")
        #expect(off.minorUnits == 1_249)
        #expect(share.minorUnits == 3_330)
    }

    @Test func theRemainderGoesWhereThePlacementSays() throws {
        // guide: Splitting
        let cent = Money(minorUnits: 100, .eur)
        let closest = try cent.allocated(by: [1, 1, 1])  // 34, 33, 33
        let last = try cent.allocated(by: [1, 1, 1], remainder: .last)  // 33, 33, 34
        let equal = try cent.allocated(into: 3)  // 34, 33, 33
        // end of guide
        #expect(closest.map(\.minorUnits) == [34, 33, 33])
        #expect(last.map(\.minorUnits) == [33, 33, 34])
        #expect(equal == closest)
    }

    @Test func quantitiesAreNeverZero() throws {
        let text = "0"
        // guide: Quantities
        let wanted = Int(text) ?? 0
        do throws(QuantityError) {
            let quantity = try Quantity(wanted)
            print("\(quantity) units")
        } catch {
            print("not a quantity: \(error)")
        }
        // end of guide
        #expect(throws: QuantityError.zero) { try Quantity(wanted) }
    }
}
