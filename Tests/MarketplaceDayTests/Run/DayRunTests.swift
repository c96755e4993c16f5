import ExampleSupport
import Marketplace
import MarketplaceDayKit
import TestSupport
import Testing

struct DayRunTests {
    @Test(arguments: PropertyRun.part(of: [1, 2, 3] as [UInt64], oneIn: 3))
    func aWeekWithEveryTroubleEndsExactToTheMinorUnit(seed: UInt64) async throws {
        let days = try await PlayedDays(days: DaySettings.completeDays, seed: seed)
        #expect(try days.broken() == [], "seed \(seed)")
        for trouble in DayTrouble.allCases {
            #expect(days.history.troubles[trouble, default: 0] > 0, "seed \(seed): \(trouble)")
        }
        let lines = try Reconciliation(days.evidence).lines
        #expect(Set(lines.map(\.currency)) == Set(DayPlan.currencies))
        // A comparison of nothing with nothing would hold as well.
        for line in lines { #expect(line.cash > 0, "seed \(seed): \(line.title) in \(line.currency)") }
        for title in ["taken", "given back"] {
            #expect(lines.contains { $0.title == title && $0.credit > 0 }, "seed \(seed): \(title)")
        }
    }

    @Test func theStoryNamesEveryKindOfEvent() async throws {
        let days = try await PlayedDays(days: DaySettings.completeDays, seed: 6)
        // Lines end anywhere.
        let story = days.story.joined(separator: " ")
        for words in [
            "paid with store credit, 1 with nothing else", "of several sellers", " lost", "for something else",
            " claims", "a parcel was lost; the same", "a parcel was lost and its goods are sold out",
            "a parcel was lost; a part was sent again",
            "exchanged for something dearer", "exchanged for something cheaper", "a unit was broken; the same",
            "a unit was broken and is sold out",
        ] + CreditMovement.allCases.map(\.rawValue) {
            #expect(story.contains(words), "\(words)")
        }
    }

    @Test func eachTroubleIsCountedAsOftenAsItIsTold() async throws {
        let days = try await PlayedDays(days: DaySettings.completeDays, members: 40, seed: 7)
        let notes = days.history.days.flatMap(\.notes)
        func told(_ words: String) -> Int { notes.count { $0.contains(words) } }
        let (troubles, history) = (days.history.troubles, days.history)
        #expect(troubles[.claimReplaced] == told("the same is sent again"))
        #expect(history.total(\.claims) == told("a unit was broken"))
        #expect(history.total(\.lost) == told("a parcel was lost"))
        #expect(troubles[.lostParcelPaidBack] == told("a parcel was lost and"))
        #expect(history.total(\.exchanged) >= told("exchanged for something"))
    }

    @Test func theBooksAreExactOnAnyEvening() async throws {
        for days in PropertyRun.part(of: 1..<DaySettings.completeDays, oneIn: 2) {
            #expect(try await PlayedDays(days: days, members: 10, seed: 4).broken() == [], "\(days) days")
        }
    }

    @Test func theSameSeedTellsTheSameStory() async throws {
        let first = try await PlayedDays(days: 3, seed: 9)
        let second = try await PlayedDays(days: 3, seed: 9)
        let other = try await PlayedDays(days: 3, seed: 10)
        #expect(first.story == second.story)
        #expect(first.story != other.story)
        #expect(first.history.days == second.history.days)
    }

    @Test func sellersAreSentWhatTheBuyersPaidLessTheFee() async throws {
        let days = try await PlayedDays(days: DaySettings.completeDays, seed: 5)
        for currency in DayPlan.currencies {
            let sales = days.history.total(\.sales, in: currency)
            let payouts = days.history.total(\.payouts, in: currency)
            #expect(payouts > 0 && payouts < sales)
        }
    }

    @Test func aStoreIsTakenForOneRun() async throws {
        let store = InMemoryStore()
        #expect(try await DayMarker.take(store, for: DaySettings()))
        #expect(try await !DayMarker.take(store, for: DaySettings(days: 1, members: 10, seed: 2)))
    }
}
