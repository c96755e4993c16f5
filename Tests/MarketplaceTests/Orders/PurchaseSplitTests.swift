import Marketplace
import MarketplaceTestKit
import TestSupport
import Testing

/// Which part of each tender belongs to which order of a purchase, with what was given back.
@Suite struct PurchaseSplitTests {
    private static let staff = CommandActor.operator(MallFloor.staff)
    private static let card = TenderSource.gateway(PaymentID(bits: MallFloor.purchase.bits))

    /// Cups of 3,000 and teas of 1,500, of which store credit bears 3,500 and the card 1,000.
    private static func mall() async throws -> MallFloor {
        let mall = try MallFloor()
        let credits = StoreCredits(in: mall.environment)
        try await credits.grant(MallFloor.won(3_500), to: MallFloor.buyer, by: staff, key: "gift")
        try await mall.buy(
            CheckoutRequest(
                order: MallFloor.purchase,
                buyer: MallFloor.buyer,
                lines: MallFloor.lines,
                tenders: [.storeCredit(), .gateway()]
            )
        )
        return mall
    }

    private static func rows(_ mall: MallFloor) async throws -> [String] {
        let split = try #require(try await mall.orders.split(of: MallFloor.group, by: .system))
        return split.rows.map { row in
            let (source, order) = (
                row.source == card ? "card" : "credit", row.order == MallFloor.cupsOrder ? "cups" : "teas"
            )
            return "\(source) \(order) \(row.captured.minorUnits) back \(row.refunded.minorUnits)"
        }
    }

    // Only the purchase's own payment was split, over all orders.
    @Test func thePartsOfAllTendersAreTold() async throws {
        let mall = try await Self.mall()
        #expect(
            try await Self.rows(mall) == ["credit cups 3000 back 0", "credit teas 500 back 0", "card teas 1000 back 0"]
        )
    }

    // The card, which was taken last, gives for the cups first, that an allocation in order gave none of it.
    @Test func whatAnOrderGotBackIsToldOfTheTenderThatGaveIt() async throws {
        let mall = try await Self.mall()
        try await mall.orders.cancel(MallFloor.cupsOrder, because: .buyerRequest, by: MallFloor.asBuyer, key: "cancel")
        #expect(
            try await Self.rows(mall)
                == ["credit cups 2000 back 2000", "credit teas 1500 back 0", "card cups 1000 back 1000"]
        )
    }

    @Test func whatReturnsGaveIsToldAsWell() async throws {
        let mall = try await Self.mall()
        let returns = Returns(in: mall.environment, payments: mall.checkout.payments, inventory: mall.inventory)
        let (seller, shipment) = (CommandActor.seller(MallFloor.teas), ShipmentID(bits: 1))
        let all = [OrderUnits(lineIndex: 0, units: 3)]
        try await mall.shipments.create(shipment, of: MallFloor.teasOrder, all, by: seller, key: "create")
        let waybill = Waybill(carrier: "cj", trackingNumber: "1")
        try await mall.shipments.registerWaybill(waybill, for: shipment, by: seller, key: "bill")
        try await mall.shipments.handOver(shipment, by: seller, key: "hand over")
        try await mall.shipments.confirmDelivery(of: shipment, by: MallFloor.asBuyer, key: "there")
        for (number, units) in [2, 1].enumerated() {
            let id = ReturnID(bits: UInt128(number + 1))
            let item = try ReturnDesk.item(0, units)
            try await returns.request(id, of: MallFloor.teasOrder, [item], by: MallFloor.asBuyer, key: "request")
            try await returns.approve(id, by: seller, key: "approve")
            try await returns.receive(id, [ReturnDesk.back(0, units)], by: seller, key: "receive")
        }
        #expect(
            try await Self.rows(mall)
                == ["credit cups 3000 back 0", "credit teas 500 back 500", "card teas 1000 back 1000"]
        )
    }

    @Test func whatWasGivenBackForNoOrderIsNotToldOfAny() async throws {
        let mall = try await Self.mall()
        let purchase = PaymentID(bits: MallFloor.purchase.bits)
        try await mall.checkout.payments.refundPurchase(purchase, MallFloor.won(700), by: Self.staff, key: "gesture")
        let split = try #require(try await mall.orders.split(of: MallFloor.group, by: .system))
        #expect(split.rows.allSatisfy { $0.refunded.isZero })
        #expect(split.net(of: MallFloor.teasOrder) == MallFloor.won(1_500))
    }
}
