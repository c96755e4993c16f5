import Foundation
import MarketplaceCore
import TestSupport
import Testing

struct QuantityTests {
    @Test(arguments: [1, 2, Quantity.maximum])
    func acceptsEveryNumberWithinItsBounds(_ number: Int) throws {
        let quantity = try Quantity(number)
        #expect(quantity.value == number)
        #expect(quantity.description == String(number))
        #expect(try JSONDecoder().decode(Quantity.self, from: JSONEncoder().encode(quantity)) == quantity)
    }

    @Test func refusesOthersWithTheNumber() {
        func error(_ number: some BinaryInteger) -> QuantityError? {
            thrownError { () throws(QuantityError) in _ = try Quantity(number) }
        }
        #expect(error(0 as Int) == .zero)
        #expect(error(-1 as Int) == .negative(-1))
        #expect(error(Int64.min) == .negative(.min))
        #expect(error(Int128.min) == .negative(.min))
        #expect(error(Quantity.maximum + 1) == .tooLarge(1_000_000_001))
        #expect(error(UInt64.max) == .tooLarge(.max))
        #expect(error(0 as Int)?.effect == .refused)
        #expect(QuantityError.tooLarge(5).description == "a quantity is at most 1000000000, not 5")
    }

    @Test func aLiteralIsCheckedLikeEveryNumber() throws {
        #expect(thrownError { () throws(QuantityError) in _ = try Quantity(0) } == .zero)
        #expect(thrownError { () throws(QuantityError) in _ = try Quantity(-1) } == .negative(-1))
        #expect(try Quantity(1_000_000_000).value == Quantity.maximum)
        #expect(try Quantity(1) == .one)
    }

    @Test func addsAndSubtractsWithinItsBounds() throws {
        let (two, three, most) = (try Quantity(2), try Quantity(3), try Quantity(1_000_000_000))
        #expect(try two.adding(three).value == 5)
        #expect(try three.subtracting(two) == .one)
        #expect(two < three)
        #expect(thrownError { () throws(QuantityError) in _ = try most.adding(most) } == .tooLarge(2_000_000_000))
        #expect(thrownError { () throws(QuantityError) in _ = try two.subtracting(two) } == .zero)
        #expect(thrownError { () throws(QuantityError) in _ = try two.subtracting(three) } == .negative(-1))
    }

    @Test(arguments: ["0", "-1", "1000000001", "1.5", #""1""#, "9223372036854775808"])
    func aNumberOutOfBoundsIsNotDecoded(_ json: String) {
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(Quantity.self, from: Data(json.utf8)) }
    }
}
