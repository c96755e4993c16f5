import MarketplaceCore
import TestSupport
import Testing

@testable import MarketplaceDomain

/// Lots of credit by when they expire.
struct ExpiringCreditTests {
    private static func time(_ hours: Int64) -> Timestamp { Timestamp(microsecondsSinceEpoch: hours * 3_600_000_000) }

    private static func lot(_ hours: Int64, _ amount: Int64) -> StoreCreditLot {
        StoreCreditLot(expiresAt: time(hours), amount: Example.won(amount))
    }

    @Test func whatExpiresFirstIsTakenFirst() {
        var credit = ExpiringCredit()
        for lot in [Self.lot(3, 30), Self.lot(1, 10), Self.lot(2, 20), Self.lot(1, 5)] { credit.put(lot) }
        #expect(credit.lots == [Self.lot(1, 15), Self.lot(2, 20), Self.lot(3, 30)])
        #expect(credit.take(25) == [Self.lot(1, 15), Self.lot(2, 10)])
        #expect(credit.lots == [Self.lot(2, 10), Self.lot(3, 30)])
        #expect(credit.expiredMinor(at: Self.time(2)) == 10)
        #expect(credit.lapse(at: Self.time(2)) == [Self.lot(2, 10)])
        #expect(credit.lapse(at: Self.time(2)) == [])
        #expect(credit.take(100) == [Self.lot(3, 30)])
        #expect(credit.nextExpiry == nil)
    }

    @Test func thereIsRoomForSoManyTimesOfExpiryAndAlwaysForAKnownOne() {
        var credit = ExpiringCredit()
        for hour in 0..<Int64(ExpiringCredit.maximumLots) { credit.put(Self.lot(hour, 1)) }
        #expect(!credit.hasRoom(for: Self.time(1_000)))
        #expect(credit.hasRoom(for: Self.time(3)))
        credit.put(Self.lot(3, .max))
        #expect(credit.expiredMinor(at: Self.time(10)) == .max, "damaged records do not trap")
    }

    @Test func nothingIsLostOrMadeWhateverIsPutAndTaken() {
        PropertyRun.check(300) { run in
            var credit = ExpiringCredit()
            var total: Int64 = 0
            for _ in 0..<60 {
                switch run.natural(through: 3) {
                case 0, 1:
                    let lot = Self.lot(Int64(run.natural(through: 20)), Int64(run.natural(through: 50)))
                    credit.put(lot)
                    total += lot.amount.minorUnits
                case 2:
                    let taken = credit.take(Int64(run.natural(through: 80)))
                    #expect(taken.map(\.expiresAt) == taken.map(\.expiresAt).sorted(), "\(run.replay)")
                    total -= taken.reduce(0) { $0 + $1.amount.minorUnits }
                default:
                    let now = Self.time(Int64(run.natural(through: 20)))
                    total -= credit.lapse(at: now).reduce(0) { $0 + $1.amount.minorUnits }
                    #expect(credit.lots.allSatisfy { $0.expiresAt > now }, "\(run.replay)")
                }
                #expect(credit.lots.reduce(0) { $0 + $1.amount.minorUnits } == total, "\(run.replay)")
                #expect(credit.lots.map(\.expiresAt) == Set(credit.lots.map(\.expiresAt)).sorted(), "\(run.replay)")
                #expect(credit.lots.allSatisfy { $0.amount.isPositive }, "\(run.replay)")
            }
        }
    }
}
