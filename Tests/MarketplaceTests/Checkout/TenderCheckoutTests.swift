import Marketplace
import MarketplaceTestKit
import TestSupport
import Testing

struct TenderCheckoutTests {
    @Test(arguments: CheckoutFlow.allCases)
    func storeCreditAndTwoCardsPayForOnePurchase(_ flow: CheckoutFlow) async throws {
        let shop = try await TenderShop(flow)
        guard case .confirmed(let bought) = try await shop.place() else {
            Issue.record("not confirmed")
            return
        }
        #expect(try await shop.expectAllOrNothing())
        let taken = try #require(flow == .reserveFirst ? bought.capture : bought.authorization ?? bought.capture ?? [])
        if flow == .reserveFirst {
            #expect(
                Set(taken.map(\.tender.amount)) == [
                    TenderShop.won(4_000), TenderShop.won(2_000), TenderShop.won(3_000),
                ]
            )
            #expect(taken.filter { $0.reference == nil }.map(\.tender.source) == [.storeCredit])
        }
        guard case .confirmed = try await shop.place() else {
            Issue.record("not found")
            return
        }
        #expect(try await shop.expectAllOrNothing())
    }

    @Test(arguments: CheckoutFlow.allCases)
    func creditAloneCanPayAndTheGatewayIsNeverAsked(_ flow: CheckoutFlow) async throws {
        let shop = try await TenderShop(flow)
        guard case .confirmed = try await shop.place(TenderShop.request(price: 1_500)) else {
            Issue.record("not confirmed")
            return
        }
        #expect(try shop.gateway.entries().isEmpty)
        #expect(try await shop.balance().available.isZero)
        #expect(try await shop.balance().held.isZero)
    }

    @Test func tendersThatDoNotSufficeAreRefusedBeforeAnythingIsHeld() async throws {
        let shop = try await TenderShop()
        let tenders: [CheckoutTender] = [.storeCredit(), .gateway(upTo: TenderShop.won(5_000))]
        guard case .refused(.tenders(let refusal)) = try await shop.place(TenderShop.request(tenders)) else {
            Issue.record("not refused")
            return
        }
        #expect(refusal == .insufficient(missing: TenderShop.won(1_000)))
        #expect(try shop.gateway.entries().isEmpty)
        #expect(try await shop.balance().available == TenderShop.won(3_000))
        #expect(try await shop.order().failure == .paymentRefused)
        let doubled = TenderShop.request([.storeCredit(), .storeCredit(upTo: TenderShop.won(1)), .gateway()])
        let other = try await TenderShop()
        guard case .refused(.tenders(.repeatedSource(.storeCredit))) = try await other.place(doubled) else {
            Issue.record("not refused")
            return
        }
    }

    @Test(
        arguments: CheckoutFlow.allCases,
        ["authorize", "capture/charge"].flatMap { part in
            [TenderShop.purchase, TenderShop.secondCard].map { TenderShop.key($0, part) }
        }
    )
    func aCardThatIsDeclinedAnywhereLeavesNothingHeldAndNothingTaken(
        _ flow: CheckoutFlow,
        _ key: IdempotencyKey
    ) async throws {
        var script = GatewayScript.approving
        script[key] = [.decline("no")]
        let shop = try await TenderShop(flow, script)
        guard case .refused(.payment(let error)) = try await shop.place() else {
            Issue.record("not refused")
            return
        }
        #expect(error.code == .declined)
        #expect(try await shop.expectAllOrNothing("\(flow), \(key)") == false)
        #expect(try await shop.order().failure == .paymentRefused)
    }

    @Test(arguments: CheckoutFlow.allCases)
    func stockThatIsNotThereGivesEveryTenderBack(_ flow: CheckoutFlow) async throws {
        let shop = try await TenderShop(flow, stock: .one)
        guard case .refused(.stock) = try await shop.place() else {
            Issue.record("not refused")
            return
        }
        #expect(try await shop.expectAllOrNothing() == false)
    }

    @Test func aSavedMethodIsChargedForItsTenderAndOnlyItsOwnersIs() async throws {
        let shop = try await TenderShop(.reserveFirst, credit: 0)
        let cipher = InsecureFieldCipher(forTestsOnly: "tenders")
        let methods = PaymentMethods(in: shop.environment(seed: 60), cipher: cipher)
        func card(of member: MemberID, _ token: String) async throws -> PaymentMethodID {
            try await methods.add(
                try PaymentToken(token),
                try PaymentMethodLabel(brand: "Visa"),
                for: member,
                by: .buyer(member),
                key: "add"
            ).id
        }
        let own = try await card(of: TenderShop.buyer, "tok_own")
        let other = try await card(of: MemberID(bits: 0xE), "tok_other")
        let recording = RecordingGateway(gateway: shop.gateway)
        let checkout = Checkout(
            store: shop.base,
            inventory: shop.inventory,
            gateway: recording,
            codec: .json,
            identifiers: SeededIdentifiers(seed: 61),
            methods: methods,
            configuration: CheckoutConfiguration(gatewayTimeout: nil),
            wallClock: shop.clock.wall,
            clock: shop.clock
        )
        let stolen = CheckoutRequest(
            order: OrderID(bits: 0x501),
            buyer: TenderShop.buyer,
            lines: [OrderLine(sku: "cup", quantity: .one, unitPrice: TenderShop.won(10))],
            tenders: [.gateway(method: other)]
        )
        guard case .refused(.payment(let error)) = try await shop.place(stolen, at: checkout) else {
            Issue.record("not refused")
            return
        }
        #expect(error.effect == .refused)
        #expect(recording.instruments == [])
        let tenders: [CheckoutTender] = [.gateway(upTo: TenderShop.won(4_000)), .gateway(method: own)]
        guard case .confirmed = try await shop.place(TenderShop.request(tenders), at: checkout) else {
            Issue.record("not confirmed")
            return
        }
        #expect(recording.instruments == ["tok_own"])
    }

    @Test func aBuyerCannotSetFreeWhatACheckoutHolds() async throws {
        // The second card is slow, so that the buyer has the time to try.
        var script = GatewayScript.approving
        script[TenderShop.key(TenderShop.secondCard, "authorize")] = [.answerAfter(.minutes(1))]
        let shop = try await TenderShop(.reserveFirst, script)
        let checkout = shop.checkout()
        let handle = try await checkout.start(TenderShop.request())
        await shop.clock.waitForSleepers()
        let key = IdempotencyKey(stringLiteral: "purchase/\(TenderShop.purchase)")
        let credits = shop.credits()
        for actor in [CommandActor.buyer(TenderShop.buyer), PaymentShop.staff] {
            await #expect(throws: StoreCreditError.self, "\(actor)") {
                try await credits.release(key, of: TenderShop.buyer, by: actor)
            }
        }
        #expect(try await shop.balance().held == TenderShop.won(3_000))
        _ = try await shop.clock.advancing { try await handle.outcome() }
        #expect(try await shop.expectAllOrNothing())
        // What a member has set aside, the member sets free.
        try await credits.grant(TenderShop.won(10), to: TenderShop.buyer, by: PaymentShop.staff, key: "more")
        try await credits.hold(
            TenderShop.won(10),
            of: TenderShop.buyer,
            by: .buyer(TenderShop.buyer),
            key: "own"
        )
        await #expect(throws: StoreCreditError.self) {
            try await credits.release("own", of: TenderShop.buyer, by: PaymentShop.staff)
        }
        let hold = try await credits.release("own", of: TenderShop.buyer, by: .buyer(TenderShop.buyer))
        #expect(hold.state == .released)
    }
}
