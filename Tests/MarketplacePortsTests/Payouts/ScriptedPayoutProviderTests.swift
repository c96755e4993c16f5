import MarketplaceCore
import MarketplaceDomain
import MarketplacePorts
import Testing

@Suite struct ScriptedPayoutProviderTests {
    private static func request(_ payout: UInt128, _ amount: Int64 = 100) -> PayoutRequest {
        PayoutRequest(
            payout: PayoutID(bits: payout),
            seller: SellerID(bits: 9),
            amount: Money(minorUnits: amount, .eur)
        )
    }

    @Test func moneyIsSentOncePerKeyAndOtherContentIsRefused() async throws {
        let provider = ScriptedPayoutProvider()
        let receipt = try await provider.send(Self.request(1))
        #expect(try await provider.send(Self.request(1)) == receipt)
        await #expect(throws: PayoutProviderError.keyReused(Self.request(1).key)) {
            try await provider.send(Self.request(1, 200))
        }
        #expect(provider.sent == [Self.request(1)])
        #expect(try await provider.lookUp(Self.request(2).key) == .neverSeen)
    }

    @Test func aRefusalIsRememberedAndATimeOutTellsNothing() async throws {
        let provider = ScriptedPayoutProvider([
            .refuse("closed"), .timeOutBeforeEffect, .timeOutAfterEffect, .failToConnect,
        ])
        let refusal = PayoutProviderError.refused("closed")
        for _ in 0..<2 {
            await #expect(throws: refusal) { try await provider.send(Self.request(1)) }
        }
        #expect(try await provider.lookUp(Self.request(1).key) == .refused(refusal))
        await #expect(throws: PayoutProviderError.timedOut) { try await provider.send(Self.request(2)) }
        #expect(try await provider.lookUp(Self.request(2).key) == .neverSeen)
        await #expect(throws: PayoutProviderError.timedOut) { try await provider.send(Self.request(2)) }
        #expect(
            try await provider.lookUp(Self.request(2).key)
                == .sent(PayoutReceipt(reference: PayoutReference(PayoutID(bits: 2))))
        )
        await #expect(throws: PayoutProviderError.unreachable) { try await provider.send(Self.request(3)) }
        #expect(provider.sent == [Self.request(2)])
    }
}
