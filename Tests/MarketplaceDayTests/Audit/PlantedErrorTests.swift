import ExampleSupport
import Marketplace
import MarketplaceDayKit
import Testing

/// Each error is planted in what an otherwise right run left behind, and must be found with its amount.
struct PlantedErrorTests {
    @Test func anEntryThatIsMissingFromTheLedgerIsFound() async throws {
        let days = try await PlayedDays(days: 3, seed: 1)
        for kind in [LedgerCause.Kind.capture, .cancellation, .delivery] {
            let index = try #require(days.evidence.entries.firstIndex { $0.cause.kind == kind })
            let broken = try days.broken { $0.entries.remove(at: index) }
            #expect(broken.contains { $0.hasPrefix("the ledger sums to zero") }, "\(kind)")
            // What moves no cash is missing from the ledger alone.
            #expect(broken.contains { $0.hasPrefix("each purchase") } == (kind != .delivery), "\(kind)")
        }
    }

    @Test func aRefundThatTheGatewayMadeTwiceIsFound() async throws {
        let days = try await PlayedDays(days: 3, seed: 1)
        let entry = try #require(days.evidence.gatewayEntries.first { $0.kind == .refund && $0.moved != nil })
        let broken = try days.broken { $0.gatewayEntries.append(entry) }
        #expect(broken.contains { $0.hasPrefix("cash = ledger = orders: given back") })
        var evidence = days.evidence
        evidence.gatewayEntries.append(entry)
        let differences = try Reconciliation(evidence).differences
        #expect(differences.count == 1)
        #expect(differences.allSatisfy { $0.contains("\(entry.payment)") && $0.contains("given back") })
    }

    @Test func aRefundByHandAtTheGatewayIsFound() async throws {
        let days = try await PlayedDays(days: 2, seed: 2)
        let totals = try days.evidence.gatewayEntries.totals()
        let (payment, _) = try #require(
            totals.filter { $0.value.captured.minorUnits > $0.value.refunded.minorUnits }
                .min { $0.key.description < $1.key.description }
        )
        let currency = try #require(totals[payment]?.captured.currency)
        _ = try await days.world.bank.refund(Money(minorUnits: 1, currency), of: payment, key: "by hand")
        let audit = try DayAudit(days.history, try await DayEvidence(from: days.world))
        let broken = Set(audit.checks.filter { !$0.hasPassed }.map(\.name))
        #expect(
            broken == [
                "cash = ledger = orders", "each purchase and payout by itself",
                "statement of the gateway = book of payments",
            ]
        )
        #expect(audit.reconciliation.lines.filter { !$0.isExact }.allSatisfy { $0.difference == 1 })
    }

    @Test func aPayoutThatWasSentTwiceOrNotAtAllIsFound() async throws {
        let days = try await PlayedDays(days: 4, seed: 3)
        let payout = try #require(days.evidence.sentPayouts.first)
        for change: (inout DayEvidence) -> Void in [
            { $0.sentPayouts.append(payout) }, { $0.sentPayouts.removeFirst() },
        ] {
            let broken = try days.broken(change)
            #expect(broken.contains { $0.contains("Payout \(payout.payout)") })
        }
    }

    @Test func anOrderWithoutItsPaymentIsFound() async throws {
        let days = try await PlayedDays(days: 1, seed: 1)
        let captured = days.evidence.payments.filter { $0.value.amounts?.captured.isPositive == true }.keys
        let payment = try #require(captured.min { "\($0)" < "\($1)" })
        let broken = try days.broken { $0.gatewayEntries.removeAll { $0.payment == payment } }
        #expect(!broken.isEmpty)
    }

    @Test func whatIsLeftOpenIsFound() async throws {
        let days = try await PlayedDays(days: 1, members: 10, seed: 1)
        let (unsettled, owing) = (try Self.unsettledReturn(), try Self.orderThatOwesStock())
        let changes: [(inout DayEvidence) -> Void] = [
            { $0.heldReservations = 1 }, { $0.openSagas[.stuck] = 1 }, { $0.waitingNotices = 1 },
            { $0.unposted = ["something"] }, { $0.failedNotices = ["something"] },
            { $0.verifiedAddresses.removeFirst() }, { $0.verifiedAddresses.append($0.verifiedAddresses[0]) },
            // A return that was taken in and not gone on with, and an order that was called off with its stock.
            { $0.returns[ReturnID(bits: 1)] = unsettled }, { $0.orders[OrderID(bits: 1)] = owing },
        ]
        for (index, change) in changes.enumerated() {
            #expect(try days.broken(change).count == 1, "change \(index)")
        }
    }

    @Test func aClaimOfWhichNothingCameIsFound() async throws {
        let days = try await PlayedDays(days: DaySettings.completeDays, members: 10, seed: 1)
        let claim = try #require(days.evidence.returns.values.first { $0.completed?.replacementID != nil })
        let replacement = try #require(claim.completed?.replacementID)
        let broken = try days.broken { $0.confirmed.remove(replacement) }
        #expect(broken.count == 1)
        #expect(broken.allSatisfy { $0.contains("who sent something back") && $0.contains("what claim") })
    }

    @Test func anExchangeWithoutAPurchaseBesideItIsFound() async throws {
        let days = try await PlayedDays(days: DaySettings.completeDays, members: 10, seed: 1)
        let exchange = try #require(
            days.evidence.returns.values.first { $0.requested?.kind == .exchange && $0.isSettled }
        )
        let (id, replacement) = (try #require(exchange.id), try #require(exchange.requested?.replacementID))
        let broken = try days.broken { $0.orders[replacement] = nil }
        #expect(broken.contains { $0.hasSuffix("exchange \(id) has no purchase beside it") })
    }

    @Test func prepaidMoneyOfNoOrderIsFound() async throws {
        let days = try await PlayedDays(days: 2, members: 20, seed: 1)
        let broken = try days.broken {
            $0.balances[.eur]?[.prepayments, default: 0] -= 1
            $0.balances[.eur]?[.cash, default: 0] += 1
        }
        #expect(broken.contains { $0.hasPrefix("prepaid = orders on their way") })
    }

    @Test func unitsThatAreThereWithoutHavingComeInAreFound() async throws {
        let days = try await PlayedDays(days: 2, seed: 1)
        let sku = try #require(days.evidence.stock.keys.min())
        let stock = try #require(days.evidence.stock[sku])
        let broken = try days.broken { evidence in
            var level = stock.level(at: .main)
            level.onHand += 1
            evidence.stock[sku] = SKUStock(sku: sku, levels: [level])
        }
        #expect(broken.count == 1)
        #expect(broken.allSatisfy { $0.contains("stock = taken in") && $0.contains("\(sku)") })
    }

    @Test func anOrderThatIsNotCountedIsFound() async throws {
        let days = try await PlayedDays(days: 1, members: 10, seed: 2)
        let order = try #require(days.evidence.confirmed.min { $0.description < $1.description })
        var evidence = days.evidence
        evidence.confirmed.remove(order)
        let reconciliation = try Reconciliation(evidence)
        #expect(reconciliation.differences.count == 1)
        #expect(
            reconciliation.lines.contains { $0.title == "taken" && $0.cash == $0.ledgerCash && !$0.isExact }
        )
    }

    @Test func aPaymentThatHasNotRecordedWhatWasTakenIsFound() async throws {
        let days = try await PlayedDays(days: 1, members: 10, seed: 2)
        let captured = days.evidence.payments.filter { $0.value.amounts?.captured.isPositive == true }.keys
        let payment = try #require(captured.min { $0.description < $1.description })
        var evidence = days.evidence
        evidence.payments[payment] = nil
        let differences = try Reconciliation(evidence).differences
        #expect(!differences.isEmpty)
        #expect(
            differences.allSatisfy {
                $0.contains("\(payment)") && $0.contains("0.00 EUR recorded") || $0.contains("0 KRW recorded")
            }
        )
    }

    @Test func aWeekInWhichATroubleDidNotHappenIsNoProof() async throws {
        let days = try await PlayedDays(days: DaySettings.completeDays, members: 10, seed: 1)
        for trouble in DayTrouble.allCases {
            var history = days.history
            for index in history.days.indices { history.days[index].troubles[trouble] = nil }
            let broken = try DayAudit(history, days.evidence).checks.filter { !$0.hasPassed }
            #expect(broken.map(\.finding) == ["not once: \(trouble.title)"])
        }
    }

    /// A return that was taken in, and not gone on with.
    private static func unsettledReturn() throws -> OrderReturn {
        let (id, buyer) = (ReturnID(bits: 1), MemberID(bits: 1))
        let line = ReturnableOrder.Line(returnableUnits: 1, deliveredAt: .epoch)
        let request = ReturnAction.request(
            id: id,
            order: ReturnableOrder(id: OrderID(bits: 1), buyer: buyer, seller: nil, lines: [line]),
            kind: .refund,
            items: [ReturnItem(lineIndex: 0, quantity: .one, reason: .changedMind)],
            terms: .european,
            replacement: nil
        )
        var value = OrderReturn()
        let units = [ReturnedUnits(lineIndex: 0, units: 1, disposition: .restock)]
        for (action, actor) in [(request, CommandActor.buyer(buyer)), (.approve, .system), (.receive(units), .system)] {
            for event in try value.decide(ActorCommand(action, by: actor, at: .epoch)) { value.apply(event) }
        }
        return value
    }

    /// An order without a price that was called off, and whose stock was not told.
    private static func orderThatOwesStock() throws -> Order {
        var order = Order()
        let line = OrderLine(sku: "sku-1", quantity: .one, unitPrice: .zero(.eur))
        let create = OrderAction.create(id: OrderID(bits: 1), buyer: MemberID(bits: 1), lines: [line])
        for action in [create, .confirm, .cancel(.other)] {
            for event in try order.decide(ActorCommand(action, by: .system, at: .epoch)) { order.apply(event) }
        }
        return order
    }
}
