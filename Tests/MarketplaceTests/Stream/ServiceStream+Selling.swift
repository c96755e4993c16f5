import Marketplace
import MarketplaceTestKit
import TestSupport

extension ServiceStream {
    private static let categories = (1...5).map { CategoryID(bits: UInt128(600 + $0)) }

    /// Puts every product on sale in a category, with stock.
    mutating func open() async throws {
        for category in Self.categories {
            try await market.catalog.createCategory(category, name: "Name", by: WholeMarket.staff, key: newKey())
        }
        for number in 300...306 {
            let id = ProductID(bits: UInt128(number))
            let (seller, category) = (Self.seller(of: id), run.element(of: Self.categories))
            let actor = CommandActor.seller(seller)
            try await market.catalog.create(id, of: seller, title: "Product \(number)", by: actor, key: newKey())
            try await market.catalog.addVariant(Self.variant(number), to: id, by: actor, key: newKey())
            try await market.catalog.edit(id, ProductEdit(categories: [category]), by: actor, key: newKey())
            try await market.catalog.activate(id, by: actor, key: newKey())
            try await callStock()
        }
    }

    private static func variant(_ number: Int) -> ProductVariant {
        ProductVariant(
            id: VariantID(bits: UInt128(number)),
            sku: WholeMarket.key("sku-\(number)"),
            price: WholeMarket.won(Int64(100 * number))
        )
    }

    mutating func callCatalog() async throws {
        let (market, id, key) = (market, product(), newKey())
        let seller = Self.seller(of: id)
        let actor = actor(.seller(seller), .seller(seller), WholeMarket.staff)
        let number = Int(id.bits)
        switch run.natural(through: 8) {
        case 0, 1:
            try await call("create product") {
                try await market.catalog.create(id, of: seller, title: "Product \(number)", by: actor, key: key)
            }
        case 2, 3:
            let variant = Self.variant(number)
            try await call("add variant") {
                try await market.catalog.addVariant(variant, to: id, by: actor, key: key)
            }
        case 4:
            let edit = happens(onceIn: 4) ? ProductEdit(title: " ") : edit()
            try await call("edit product") { try await market.catalog.edit(id, edit, by: actor, key: key) }
        case 5:
            let price = WholeMarket.won(Int64(run.natural(through: 900)) - 50)
            try await call("change price") {
                try await market.catalog.changePrice(
                    of: VariantID(bits: id.bits),
                    of: id,
                    to: price,
                    by: actor,
                    key: key
                )
            }
        case 6, 7:
            try await call("activate product") { try await market.catalog.activate(id, by: actor, key: key) }
        default:
            try await call("suspend product") { try await market.catalog.suspend(id, by: actor, key: key) }
        }
    }

    private mutating func edit() -> ProductEdit {
        ProductEdit(
            description: "Words \(run.natural(through: 3))",
            categories: [run.element(of: Self.categories)],
            attributes: [ProductAttribute("Material", .choice(run.element(of: ["clay", "glass"])))]
        )
    }

    mutating func callCategory() async throws {
        let (market, key) = (market, newKey())
        let id = run.element(of: Self.categories)
        let parent = happens(onceIn: 3) ? nil : run.element(of: Self.categories)
        let actor = actor(WholeMarket.staff)
        switch run.natural(through: 4) {
        case 0, 1:
            try await call("create category") {
                try await market.catalog.createCategory(id, under: parent, name: "Name", by: actor, key: key)
            }
        case 2, 3:
            try await call("move category") {
                try await market.catalog.moveCategory(id, under: parent, by: actor, key: key)
            }
        default:
            try await call("archive category") { try await market.catalog.archiveCategory(id, by: actor, key: key) }
        }
    }

    mutating func callStock() async throws {
        let (market, id) = (market, product())
        let change = StockChange.restock(
            id: MovementID(bits: nextNumber()),
            sku: WholeMarket.key("sku-\(Int(id.bits))"),
            quantity: .units(1 + run.natural(through: 5)),
            at: market.clock.wall.now
        )
        try await call("restock") { try await market.inventory.record(change) }
    }

    mutating func callReview() async throws {
        let (market, key, kind) = (market, newKey(), run.natural(through: 6))
        // What is written anew is mostly by somebody who bought, what is changed is mostly there.
        let known = kind < 2 || written.isEmpty || happens(onceIn: 4) ? nil : run.element(of: written)
        let placed = delivered.isEmpty ? nil : try? await market.orders.order(order(of: delivered), by: .system).placed
        let id = known?.productID ?? placed?.lines.first?.productID ?? product()
        let author = known?.authorID ?? placed?.buyerID ?? run.element(of: Self.buyers)
        let actor = actor(.buyer(author))
        let stars = happens(onceIn: 8) ? 9 : 1 + run.natural(through: 4)
        let review = try await market.reviews.review(of: id, by: author)?.id ?? ReviewID(bits: 1)
        switch kind {
        case 0, 1:
            _ = try await market.runner(of: market.purchases).catchUp()
            try await call("publish review") {
                try await market.reviews.publish(stars, ReviewText(body: "Fine"), of: id, by: actor, key: key)
            }
        case 2, 3:
            try await call("edit review") {
                try await market.reviews.edit(review, rating: stars, by: actor, key: key)
            }
        case 4:
            try await call("hide review") {
                try await market.reviews.hide(review, because: .offTopic, by: WholeMarket.staff, key: key)
            }
        case 5:
            try await call("restore review") {
                try await market.reviews.restore(review, by: WholeMarket.staff, key: key)
            }
        default:
            try await call("withdraw review") { try await market.reviews.withdraw(review, by: actor, key: key) }
        }
    }
}
