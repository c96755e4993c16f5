package import Marketplace

/// A whole marketplace over one store: its services, and the outside world in scripted form.
package struct DayWorld: Sendable {
    /// How long stock is held for a buyer who has not paid.
    static let holdDuration = Duration.minutes(10)
    /// Who runs the marketplace.
    package static let staff = CommandActor.operator(MemberID(bits: 1))

    /// The time of the simulation.
    package let clock: DayClock
    /// What every service is built from.
    package let environment: ServiceEnvironment
    /// The stock.
    package let inventory: StoreInventory
    /// The gateway's side of the money, with its own record.
    package let bank: ScriptedPaymentGateway
    /// The way to the gateway.
    package let gateway: DayGateway
    /// What sends money to sellers.
    package let payoutBank: ScriptedPayoutProvider
    /// What takes mail.
    package let mail: ScriptedMailGateway
    /// What sends mail.
    package let mailDesk: MailDesk
    /// Who brings parcels.
    package let carrier: ScriptedCarrier
    /// Members.
    package let members: Members
    /// Sellers.
    package let sellers: Sellers
    /// Products and categories.
    package let catalog: ProductCatalog
    /// Carts.
    package let carts: Carts
    /// Addresses of members.
    package let addresses: AddressBook
    /// The checkout.
    package let checkout: Checkout
    /// Orders.
    package let orders: Orders
    /// Parcels.
    package let shipments: Shipments
    /// Payments.
    package let payments: Payments
    /// Store credit.
    package let credits: StoreCredits
    /// Gift cards.
    package let cards: GiftCards
    /// Returns.
    package let returns: Returns
    /// Webhooks.
    package let notices: DayNotices
    /// The ledger and payouts.
    package let settlement: Settlement
    /// What tells the settlement of orders and returns.
    package let follower: SettlementFollower
    private let followerRunner: ProjectionRunner
    private let paymentBookRunner: ProjectionRunner

    /// Builds the marketplace on a store.
    package init(seed: UInt64, store: any Store) throws {
        let clock = DayClock()
        let environment = ServiceEnvironment(
            store: store,
            codec: .json,
            identifiers: SeededIdentifiers(seed: seed, startingAt: DayClock.start),
            wallClock: clock
        )
        self.clock = clock
        self.environment = environment
        inventory = StoreInventory(store: store, codec: .json)
        bank = ScriptedPaymentGateway()
        gateway = DayGateway(bank, clock: clock)
        payoutBank = ScriptedPayoutProvider([.send, .timeOutAfterEffect, .send, .timeOutBeforeEffect, .failToConnect])
        mail = ScriptedMailGateway(.accept, .timeOutAfterEffect, .accept, .failToConnect)
        carrier = ScriptedCarrier()
        let randomness = SeededRandomSource(seed: seed)
        mailDesk = MailDesk(in: environment, gateway: mail, randomness: randomness)
        members = Members(in: environment, ports: Self.memberPorts(in: environment, randomness))
        sellers = Sellers(in: environment)
        catalog = ProductCatalog(in: environment)
        let pricing = CheckoutPricing(promotions: ListedPromotions(DayTerms.promotions))
        carts = Carts(in: environment, offers: CatalogOffers(catalog), inventory: inventory, pricing: pricing)
        addresses = AddressBook(in: environment)
        checkout = Checkout(
            store: store,
            inventory: inventory,
            gateway: gateway,
            codec: .json,
            identifiers: environment.identifiers,
            pricing: pricing,
            configuration: CheckoutConfiguration(
                holdDuration: Self.holdDuration,
                gatewayTimeout: nil,
                retry: .exponential(from: .milliseconds(1), cap: .milliseconds(10), attempts: 10)
            ),
            randomness: randomness,
            wallClock: clock
        )
        orders = Orders(in: environment, gateway: gateway, inventory: inventory, checkout: checkout)
        shipments = Shipments(in: environment, inventory: inventory)
        let payments = Payments(in: environment, gateway: gateway)
        self.payments = payments
        credits = StoreCredits(in: environment)
        cards = GiftCards(
            in: environment,
            authenticator: InsecureMessageAuthenticator(forTestsOnly: "gift cards of the day")
        )
        returns = Returns(in: environment, payments: payments, inventory: inventory)
        let notices = DayNotices(in: environment, payments: payments)
        self.notices = notices
        gateway.connect { notice in
            if case .applied? = await notices.deliver(notice) { true } else { false }
        }
        let settlement = Settlement(
            in: environment,
            payoutTerms: DayTerms.payouts,
            payouts: payoutBank
        )
        self.settlement = settlement
        let terms = SettlementTerms(commissions: try DayTerms.commissions(), holdBack: DayTerms.holdBack)
        follower = SettlementFollower(in: environment, settlement: settlement, terms: terms)
        followerRunner = Self.runner(follower, in: environment)
        paymentBookRunner = Self.runner(PaymentBook(codec: .json), in: environment)
    }

    private static func memberPorts(in environment: ServiceEnvironment, _ randomness: SeededRandomSource) -> MemberPorts
    {
        let secrets = InsecureMessageAuthenticator(forTestsOnly: "marketplace day")
        return MemberPorts(
            hasher: TestOnlyPasswordHasher(),
            tokens: StoredTokens(in: environment, secrets: secrets, randomness: randomness),
            secrets: secrets,
            codes: ScriptedCodeSender(),
            identities: ScriptedSocialIdentities(),
            randomness: randomness
        )
    }

    private static func runner(_ projection: some Projection, in environment: ServiceEnvironment) -> ProjectionRunner {
        ProjectionRunner(
            projection,
            store: environment.store,
            // Nobody waits: it is told when to catch up.
            signal: PollingChangeSignal(every: .seconds(1)),
            identifiers: environment.identifiers,
            wallClock: environment.wallClock
        )
    }

    /// Brings what follows the feed up to date: the ledger, and the book of payments.
    func followFeed() async throws {
        _ = try await followerRunner.catchUp()
        _ = try await paymentBookRunner.catchUp()
    }
}
