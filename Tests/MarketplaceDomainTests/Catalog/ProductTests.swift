import MarketplaceCore
import MarketplaceDomain
import Testing

@Suite struct ProductTests {
    static let create = ProductAction.create(
        id: Example.productID,
        seller: Example.seller,
        title: "Tea pot",
        description: "Holds a litre."
    )
    static let colour = ProductOption("Colour", values: ["red", "blue"] + (3...100).map(String.init))
    static let red = pot(1, "red", 30_000)
    static let blue = pot(2, "blue", 32_000)

    /// A pot in a colour, under the SKU of its colour unless told otherwise.
    static func pot(_ id: UInt128, _ colour: String, _ price: Int64, sku: SKU? = nil) -> ProductVariant {
        ProductVariant(
            id: VariantID(bits: id),
            sku: sku ?? SKU(stringLiteral: "pot-\(colour)"),
            price: Example.won(price),
            choices: [VariantChoice("Colour", colour)]
        )
    }

    /// A product that was moved there.
    static func product(in status: ProductStatus, suspendedBy role: ActorRole = .seller) throws -> Product {
        var product = Product()
        try product.perform(create, by: .seller(Example.seller))
        try product.perform(.edit(ProductEdit(options: [colour])), by: .seller(Example.seller))
        try product.perform(.addVariant(red), by: .seller(Example.seller))
        switch status {
        case .draft: break
        case .active: try product.perform(.activate, by: .seller(Example.seller))
        case .suspended:
            try product.perform(.activate, by: .seller(Example.seller))
            try product.perform(.suspend, by: Example.actor(role))
        case .archived: try product.perform(.archive, by: .seller(Example.seller))
        }
        return product
    }

    @Test func theLifecycleAllowsExactlyWhatIsListed() {
        let owners: [ActorRole] = [.seller, .operator]
        expectExactly(
            Product.lifecycle,
            allows: [
                (.create, nil, .draft, [.seller, .operator, .system]),
                (.edit, .draft, .draft, [.seller, .operator, .system]),
                (.edit, .active, .active, [.seller, .operator, .system]),
                (.edit, .suspended, .suspended, [.seller, .operator, .system]),
                (.activate, .draft, .active, owners),
                (.suspend, .active, .suspended, owners),
                (.suspend, .suspended, .suspended, [.operator]),
                (.activate, .suspended, .active, owners),
                (.archive, .draft, .archived, owners),
                (.archive, .active, .archived, owners),
                (.archive, .suspended, .archived, owners),
            ],
            states: ProductStatus.allCases,
            moves: ProductMove.allCases,
            roles: ActorRole.allCases,
            given: ["has a variant"]
        )
    }

    @Test(arguments: ProductStatus.allCases, ActorRole.allCases)
    func everyCommandFollowsTheLifecycleOrRepeatsWhatWasDone(_ status: ProductStatus, _ role: ActorRole) throws {
        let actions: [(ProductAction, ProductMove, ProductStatus?)] = [
            (.activate, .activate, .active), (.suspend, .suspend, .suspended), (.archive, .archive, .archived),
            (.edit(ProductEdit(title: "Kettle")), .edit, nil), (.addVariant(Self.blue), .edit, nil),
            (.changePrice(of: Self.red.id, to: Example.won(1)), .edit, nil),
            (.changeSKU(of: Self.red.id, to: "pot"), .edit, nil),
        ]
        for (action, move, target) in actions {
            var product = try Self.product(in: status)
            let isListed = Product.lifecycle.open(from: status, by: role, given: ["has a variant"]).contains(move)
            if isListed {
                #expect(try product.perform(action, by: Example.actor(role)).count == 1)
                #expect(product.status == target ?? status)
            } else if status == target, Product.lifecycle.roles(of: move).contains(role) {
                #expect(try product.perform(action, by: Example.actor(role)) == [])
            } else if role == .visitor || role == .buyer {
                let party: CommandParty = role == .visitor ? .visitor : .member
                #expect(
                    product.refusal(of: action, by: Example.actor(role))
                        == action.forbidden(to: Example.actor(role), party)
                )
            } else {
                guard case .move? = product.refusal(of: action, by: Example.actor(role)) else {
                    Issue.record("\(action) from \(status) by \(role) was not refused by the lifecycle")
                    continue
                }
            }
        }
    }

    @Test func aDraftWithoutVariantsCannotBePutOnSale() throws {
        var product = Product()
        try product.perform(Self.create, by: .seller(Example.seller))
        guard case .move(let refusal)? = product.refusal(of: .activate, by: .seller(Example.seller)) else {
            Issue.record("it was put on sale")
            return
        }
        #expect(refusal.reason == .guarded(missing: ["has a variant"], inTheWay: []))
        #expect(refusal.open == [.edit, .archive])
    }

    @Test func onlyAnOperatorLiftsAnOperatorsSuspension() throws {
        var product = try Self.product(in: .suspended, suspendedBy: .operator)
        guard case .move(let refusal)? = product.refusal(of: .activate, by: .seller(Example.seller)) else {
            Issue.record("the seller lifted it")
            return
        }
        #expect(refusal.reason == .guarded(missing: [], inTheWay: ["suspended by an operator"]))
        #expect(try product.perform(.suspend, by: .operator(Example.staff)) == [])
        try product.perform(.activate, by: .operator(Example.staff))
        #expect(product.status == .active && product.suspendedBy == nil)
        var own = try Self.product(in: .suspended)
        try own.perform(.suspend, by: .operator(Example.staff))
        #expect(own.suspendedBy == .operator)
        try own.perform(.archive, by: .seller(Example.seller))
        #expect(own.status == .archived)
    }

    @Test func priceChangesAreRecordedAndKeepTheirCurrency() throws {
        var product = try Self.product(in: .active)
        let events = try product.perform(.changePrice(of: Self.red.id, to: Example.won(28_000)), by: .system)
        guard case .priceChanged(let change)? = events.first else {
            Issue.record("no change")
            return
        }
        #expect(change.from == Example.won(30_000) && change.to == Example.won(28_000))
        #expect(product.variant(Self.red.id)?.price == Example.won(28_000))
        #expect(try product.perform(.changePrice(of: Self.red.id, to: Example.won(28_000)), by: .system) == [])
        func refusal(_ price: Money, of variant: VariantID = Self.red.id) -> ProductRejection? {
            product.refusal(of: .changePrice(of: variant, to: price), by: .system)
        }
        #expect(refusal(Money(minorUnits: 1, .usd)) == .currencyMismatch(expected: .krw, found: .usd))
        #expect(refusal(Example.won(-1)) == .negativePrice(Example.won(-1)))
        #expect(refusal(Example.won(1), of: Self.blue.id) == .unknownVariant(Self.blue.id))
    }

    @Test func variantsAreDistinctAndBounded() throws {
        var product = try Self.product(in: .draft)
        let seller = CommandActor.seller(Example.seller)
        #expect(try product.perform(.addVariant(Self.red), by: seller) == [])
        var other = Self.pot(1, "red", 1)
        #expect(product.refusal(of: .addVariant(other), by: seller) == .variantExists(Self.red.id))
        other = Self.pot(2, "blue", 1, sku: "pot-red")
        #expect(product.refusal(of: .addVariant(other), by: seller) == .duplicateSKU("pot-red", usedBy: Self.red.id))
        other = ProductVariant(
            id: Self.blue.id,
            sku: "pot-blue",
            price: Money(minorUnits: 1, .usd),
            choices: Self.blue.choices
        )
        #expect(product.refusal(of: .addVariant(other), by: seller) == .currencyMismatch(expected: .krw, found: .usd))
        try product.perform(.addVariant(Self.blue), by: seller)
        #expect(
            product.refusal(of: .changeSKU(of: Self.blue.id, to: "pot-red"), by: seller)
                == .duplicateSKU("pot-red", usedBy: Self.red.id)
        )
        #expect(try product.perform(.changeSKU(of: Self.blue.id, to: "pot-blue"), by: seller) == [])
        try product.perform(.changeSKU(of: Self.blue.id, to: "pot-navy"), by: seller)
        #expect(product.variant(Self.blue.id)?.sku == "pot-navy")
        #expect(
            product.refusal(of: .changeSKU(of: VariantID(bits: 9), to: "x"), by: seller)
                == .unknownVariant(VariantID(bits: 9))
        )
        for number in 3...100 {
            let variant = Self.pot(UInt128(number), "\(number)", 1)
            try product.perform(.addVariant(variant), by: seller)
        }
        other = Self.pot(101, "red", 1, sku: "pot-101")
        #expect(product.refusal(of: .addVariant(other), by: seller) == .tooManyVariants(maximum: 100))
    }

    @Test func textsAreBounded() throws {
        var product = try Self.product(in: .draft)
        let seller = CommandActor.seller(Example.seller)
        func refusal(_ title: String?, _ description: String? = nil) -> ProductRejection? {
            product.refusal(of: .edit(ProductEdit(title: title, description: description)), by: seller)
        }
        #expect(refusal("") == .blankTitle)
        #expect(refusal(" \n\u{3000}") == .blankTitle)
        #expect(refusal(String(repeating: "茶", count: 150)) == nil)
        #expect(refusal(String(repeating: "茶", count: 151)) == .titleTooLong(count: 151, maximum: 150))
        // One character of a million scalars is as large as a million characters.
        let stacked = "e" + String(repeating: "\u{301}", count: 150)
        #expect(refusal(stacked) == .titleTooLong(count: 151, maximum: 150))
        #expect(refusal(nil, String(repeating: "a", count: 5_001)) == .descriptionTooLong(count: 5_001, maximum: 5_000))
        #expect(
            try product.perform(.edit(ProductEdit(title: "Tea pot", description: "Holds a litre.")), by: seller) == []
        )
        try product.perform(.edit(ProductEdit(description: "")), by: seller)
        #expect(product.title == "Tea pot" && product.productDescription.isEmpty)
        #expect(
            Product().refusal(
                of: .create(id: Example.productID, seller: Example.seller, title: " ", description: ""),
                by: seller
            ) == .blankTitle
        )
    }

    @Test func strangersAreRefused() throws {
        let stranger = CommandActor.seller(Example.otherSeller)
        #expect(Product().refusal(of: Self.create, by: stranger) == Self.create.forbidden(to: stranger, .otherSeller))
        let product = try Self.product(in: .active)
        let actions: [ProductAction] = [
            .edit(ProductEdit(title: "Mine")), .addVariant(Self.blue), .changeSKU(of: Self.red.id, to: "x"),
            .changePrice(of: Self.red.id, to: Example.won(1)), .activate, .suspend, .archive,
        ]
        for action in actions {
            #expect(product.refusal(of: action, by: stranger) == action.forbidden(to: stranger, .otherSeller))
        }
    }

    @Test func creatingTheSameProductAgainChangesNothingAndAnotherIsRefused() throws {
        var product = try Self.product(in: .active)
        #expect(try product.perform(Self.create, by: .seller(Example.seller)) == [])
        let other = ProductAction.create(
            id: Example.productID,
            seller: Example.seller,
            title: "Cup",
            description: ""
        )
        #expect(product.refusal(of: other, by: .system) == .alreadyCreated(Example.productID))
        #expect(Product().refusal(of: .activate, by: .system) == .notCreated)
    }

    @Test func replayingTheStoredEventsGivesTheSameState() throws {
        var product = Product()
        let seller = CommandActor.seller(Example.seller)
        let actions: [ProductAction] = [
            Self.create, .edit(ProductEdit(title: "Kettle", options: [Self.colour])), .addVariant(Self.red),
            .addVariant(Self.blue),
            .changeSKU(of: Self.red.id, to: "kettle-red"), .changePrice(of: Self.blue.id, to: Example.won(1)),
            .setPriceTiers(of: Self.red.id, to: [PriceTier(from: try Quantity(10), price: Example.won(9))]), .activate,
            .suspend,
            .edit(
                ProductEdit(
                    categories: [CategoryID(bits: 1)],
                    attributes: [
                        ProductAttribute("Material", .choice("clay")), ProductAttribute("Handmade", .boolean(true)),
                        ProductAttribute("Weight", .number(ProductMeasure(1_250, scale: 3, unit: "kg"))),
                        ProductAttribute("Care", .text("By hand.")),
                    ],
                    media: [ProductMedia("pots/red.jpg", alternativeText: "A red pot")]
                )
            ),
        ]
        var events: [ProductEvent] = []
        for action in actions { events += try product.perform(action, by: seller) }
        #expect(
            events.map { type(of: $0.payload).eventName } == [
                "ProductCreated", "ProductUpdated", "ProductVariantAdded", "ProductVariantAdded",
                "ProductVariantChanged", "ProductPriceChanged", "ProductPriceTiersChanged", "ProductStatusChanged",
                "ProductStatusChanged", "ProductUpdated",
            ]
        )
        let read = try events.map { try #require(try roundTripped($0)) }
        #expect(read == events)
        #expect(Product(replaying: read) == product)
    }
}

extension ProductAction {
    /// The refusal of a stranger.
    fileprivate func forbidden(to actor: CommandActor, _ party: CommandParty) -> ProductRejection {
        .forbidden(Example.forbidden(self, to: actor, party))
    }
}
