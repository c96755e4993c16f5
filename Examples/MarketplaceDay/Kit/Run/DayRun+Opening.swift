import Marketplace

extension DayRun {
    /// The first words of the names of shops; a number follows, by which they are told apart.
    private static let shopNames = [
        "Alder", "Birch", "Cedar", "Elm", "Hazel", "Larch", "Maple", "Oak", "Rowan", "Willow",
    ]

    /// Makes the categories.
    func openMarketplace() async throws {
        world.clock.move(to: 7 * 60, of: 0)
        for (number, name) in DayPlan.categories.enumerated() {
            let id = CategoryID(bits: UInt128(number + 1))
            try await world.catalog.createCategory(
                id,
                name: name,
                by: DayWorld.staff,
                key: key("category", name)
            )
        }
    }

    /// Signs up who comes on a day, and has their addresses verified by the link in the mail.
    func welcome(membersOf day: Int) async throws {
        world.clock.move(to: 8 * 60, of: day)
        while memberIDs.count < plan.members.count, plan.members[memberIDs.count].day == day {
            let number = memberIDs.count
            let id: MemberID = world.environment.identifiers.next()
            let profile = try MemberProfile(
                name: "Member \(number + 1)",
                email: EmailAddress(validating: "member\(number + 1)@example.com")
            )
            let request = MemberSignUp(
                member: id,
                profile: profile,
                credential: .password(Password("password \(number)"))
            )
            try await world.members.signUp(request, key: key("sign-up", "\(number)"))
            memberIDs.append(id)
            today.joined += 1
        }
        // A mail that was not taken is handed over again some minutes later.
        for _ in 0..<3 {
            while try await world.mailDesk.sendDue() > 0 {}
            try await readMails()
            world.clock.advance(by: .minutes(10))
        }
    }

    /// Follows the links in mails that have come.
    private func readMails() async throws {
        let mails = world.mail.delivered
        for mail in mails.dropFirst(readMails) where mail.template == .verifyEmail {
            guard let link = mail.values["link"] else { continue }
            _ = try await world.members.verifyEmail(LinkToken(link), key: key("verify", mail.address.text))
        }
        readMails = mails.count
    }

    /// Opens the shops with their products.
    func openShops() async throws {
        for (number, seller) in plan.sellers.enumerated() {
            let id: SellerID = world.environment.identifiers.next()
            let owner = memberIDs[seller.member]
            let tree = Self.shopNames[number % Self.shopNames.count]
            try await world.sellers.apply(
                id,
                profile: SellerProfile(shopName: "\(tree) \(number + 1)"),
                owner: owner,
                by: .buyer(owner),
                key: key("apply", "\(number)")
            )
            try await world.sellers.verify(id, by: DayWorld.staff, key: key("verify-seller", "\(number)"))
            sellerIDs.append(id)
            today.shops += 1
        }
        for (number, product) in plan.products.enumerated() { try await list(product, number) }
        today.products = plan.products.count
    }

    private func list(_ product: PlannedProduct, _ number: Int) async throws {
        let seller = sellerIDs[product.seller]
        let id: ProductID = world.environment.identifiers.next()
        let sku = DayPlan.sku(of: number)
        let price = Money(minorUnits: product.priceMinor, plan.sellers[product.seller].currency)
        let actor = CommandActor.seller(seller)
        let title = "\(DayPlan.categories[product.category]) item \(number + 1)"
        try await world.catalog.create(id, of: seller, title: title, by: actor, key: key("create", "\(number)"))
        let edit = ProductEdit(categories: [CategoryID(bits: UInt128(product.category + 1))])
        try await world.catalog.edit(id, edit, by: actor, key: key("edit", "\(number)"))
        let variant = ProductVariant(id: world.environment.identifiers.next(), sku: sku, price: price)
        try await world.catalog.addVariant(variant, to: id, by: actor, key: key("variant", "\(number)"))
        try await world.catalog.activate(id, by: actor, key: key("activate", "\(number)"))
        skus.append(sku)
    }

    /// Takes goods in: on the first day, and every week what there is more than one of.
    func restock(_ day: Int) async throws {
        guard day.isMultiple(of: 7) else { return }
        for (sku, product) in zip(skus, plan.products) where day == 0 || !product.isSinglePiece {
            _ = try await world.inventory.record(
                .restock(
                    id: world.environment.identifiers.next(),
                    sku: sku,
                    quantity: Quantity(product.stock),
                    at: world.clock.now
                )
            )
        }
    }
}
