package import ExampleSupport
package import Marketplace

/// What is sold to whom, and what goes wrong on the way: everything about a sale that can be chosen.
package struct SalePlan: Sendable, Hashable, Codable {
    /// How many buyers come, each for one unit of one SKU, dealt round robin.
    package var buyers = 10_000
    /// How many units there are, dealt over the SKUs as evenly as can be.
    package var stock = 10_000
    /// How many SKUs are sold.
    package var skuCount = 20
    /// How many units of a SKU one member may have.
    package var perMemberLimit: Quantity = .one
    /// The share of payments that is refused: four fifths at the authorization, one fifth at the capture.
    package var paymentFailures = BasisPoints.percent(3)
    /// The share of payments with a request that is not answered: half at the authorization and half at the capture,
    /// and of each half one half after the money was moved and the other before.
    package var paymentTimeouts = BasisPoints.percent(1)
    /// The share of the buyers that comes before the opening, is refused, and comes back.
    package var earlyArrivals = BasisPoints.percent(1)
    /// The share of the buyers that orders again after a purchase, until the limit or the stock ends it.
    package var comeBacks = BasisPoints.percent(1)
    /// How many people, as a share of the buyers, come besides them, hold a unit and walk away without paying.
    package var walkAways = BasisPoints.percent(1)
    /// How many purchases are under way at the same time, at most.
    package var tills = 1_000_000
    /// How long a unit is held for somebody who walks away.
    package var abandonedHold = Duration.milliseconds(250)
    /// How long after its preparation the sale opens.
    package var opensAfter = Duration.milliseconds(300)
    /// How long a gateway may leave a request unanswered; nil for no limit.
    package var gatewayTimeout: Duration? = .seconds(30)
    /// What all that is drawn by lot follows from.
    package var seed: UInt64 = 1

    /// The plan of a sale as it is run unless told otherwise.
    package init() {}

    /// What is paid in.
    package static let currency = Currency.krw

    /// How many people walk away.
    package var walkerCount: Int { share(walkAways, of: buyers) }

    /// How many buyers come too early.
    package var earlyCount: Int { share(earlyArrivals, of: buyers) }

    /// The SKUs with their units and their prices.
    package var offers: [Offer] {
        (0..<skuCount).map { index in
            let digits = String(index + 1)
            let name = "item-" + String(repeating: "0", count: max(0, 3 - digits.count)) + digits
            return Offer(
                // A few letters and digits, which every key may hold.
                sku: (try? SKU(name)) ?? "item",
                units: stock / skuCount + (index < stock % skuCount ? 1 : 0),
                price: Money(minorUnits: 9_900 + 1_000 * Int64(index % 50), Self.currency)
            )
        }
    }

    /// What the gateway does to which request.
    ///
    /// The shares at the capture are of those that came through the authorization, so that both together are the
    /// share of all payments that was asked for.
    var script: GatewayScript {
        let failures = Int64(paymentFailures.value)
        let timeouts = Int64(paymentTimeouts.value)
        let early = Self.share(timeouts, of: 40_000)
        let late = Self.share(timeouts, of: 2 * (20_000 - timeouts))
        return GatewayScript([
            .authorize: GatewayRates(
                declined: Self.share(failures * 4, of: 50_000),
                timedOutAfterEffect: early,
                timedOutBeforeEffect: early
            ),
            .capture: GatewayRates(
                declined: Self.share(failures, of: 50_000 - 4 * failures),
                timedOutAfterEffect: late,
                timedOutBeforeEffect: late
            ),
        ])
    }

    /// The buyer of that number.
    func buyer(_ number: Int) -> Buyer {
        Buyer(
            number: number,
            offer: number % skuCount,
            comesEarly: isAmong(earlyArrivals, number),
            // The opposite end of the crowd, so that those who come early are not the ones who come back.
            comesBack: isAmong(comeBacks, buyers - 1 - number)
        )
    }

    /// Whether a buyer is among a share of all that is spread evenly; exactly ⌊share × buyers⌋ are.
    private func isAmong(_ share: BasisPoints, _ number: Int) -> Bool {
        self.share(share, of: number + 1) > self.share(share, of: number)
    }

    private static func share(_ part: Int64, of whole: Int64) -> Percentage {
        (try? Ratio(part, over: whole)).map { Percentage($0) } ?? .zero
    }

    private func share(_ share: BasisPoints, of count: Int) -> Int {
        count * share.value / 10_000
    }
}
