import MarketplaceCore
import MarketplaceInventory
import Testing

struct WaitingQueueTermsTests {
    @Test(arguments: WaitingQueueForm.allCases)
    func termsThatCannotBeKeptAreRefusedWithWhatIsWrong(form: WaitingQueueForm) async throws {
        func fault(_ change: (inout WaitingQueueTerms) -> Void) async throws -> WaitingQueueRefusal? {
            var terms = WaitingQueueTerms.scenario()
            change(&terms)
            let queue = try form.make()
            return try await waitingRefusal { () async throws(WaitingQueueError) in
                try await queue.create(terms, at: .second(0))
            }
        }
        let year = Duration.days(367)
        #expect(try await fault { $0.rate = .perSecond(0) } == .invalidTerms(.rate))
        #expect(try await fault { $0.rate = .perSecond(.max) } == .invalidTerms(.rate))
        #expect(try await fault { $0.rate = AdmissionRate(1, per: .zero) } == .invalidTerms(.rate))
        #expect(try await fault { $0.rate = AdmissionRate(1, per: .nanoseconds(999)) } == .invalidTerms(.rate))
        #expect(try await fault { $0.burst = -1 } == .invalidTerms(.burst))
        #expect(try await fault { $0.arrivalWindow = .zero } == .invalidTerms(.arrivalWindow))
        #expect(try await fault { $0.arrivalWindow = year } == .invalidTerms(.arrivalWindow))
        #expect(try await fault { $0.maximumInside = 0 } == .invalidTerms(.maximumInside))
        #expect(try await fault { $0.maximumStay = .zero } == .invalidTerms(.maximumStay))
        #expect(try await fault { $0.maximumWaiting = 0 } == .invalidTerms(.maximumWaiting))
        #expect(try await fault { $0.callInterval = .zero } == .invalidTerms(.callInterval))
        #expect(try await fault { $0.callInterval = .milliseconds(99) } == .invalidTerms(.callInterval))
        #expect(try await fault { $0.callInterval = .milliseconds(100) } == nil)
    }

    @Test(arguments: [(Duration.seconds(10), Duration.seconds(1)), (.minutes(10), .seconds(6))])
    func theIntervalIsASecondUnlessTheWindowIsTooLongForIt(window: Duration, interval: Duration) {
        let terms = WaitingQueueTerms(opensAt: .second(0), rate: .perSecond(1), arrivalWindow: window)
        #expect(terms.callInterval == interval)
    }

    @Test(arguments: WaitingQueueForm.allCases)
    func aQueueIsCreatedOnce(form: WaitingQueueForm) async throws {
        let queue = try form.make()
        let unknown = try await waitingRefusal { () async throws(WaitingQueueError) in
            try await queue.join("ann", at: .second(0))
        }
        #expect(unknown == .unknownQueue)
        try await queue.create(.scenario(), at: .second(0))
        try await queue.join("ann", at: .second(1))
        try await queue.create(.scenario(), at: .second(2))
        #expect(try await queue.join("bob", at: .second(2)).number == 2)
        let other = try await waitingRefusal { () async throws(WaitingQueueError) in
            try await queue.create(.scenario(burst: 1), at: .second(0))
        }
        #expect(other == .alreadyCreated)
    }
}
