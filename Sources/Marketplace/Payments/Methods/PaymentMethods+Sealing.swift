import MarketplaceCore
import MarketplaceDomain
import MarketplacePorts
import MarketplaceStorage

extension PaymentMethods {
    /// How many wallets are read at once.
    private static let pageSize = 100

    /// Seals again what an older key has sealed, so that the key can be retired.
    ///
    /// It can be repeated, stopped and run on several servers at once: what is sealed under the current key is left.
    ///
    /// - Returns: How many tokens were sealed again.
    @discardableResult
    public func reseal() async throws(PaymentMethodError) -> Int {
        var count = 0
        var query = DocumentQuery.all(of: PaymentKeySpace.wallets, limit: Self.pageSize)
        while true {
            let slice = try await archive.documents(matching: query)
            for document in slice.documents {
                let wallet = try archive.decoded(PaymentWallet.self, from: document.body)
                guard wallet.methods.contains(where: { cipher.isOutdated($0.token) }),
                    let member = MemberID(document.key.id.text)
                else { continue }
                count += try await reseal(member)
            }
            guard let next = slice.next else { return count }
            query = query.continued(from: next)
        }
    }

    private func reseal(_ member: MemberID) async throws(PaymentMethodError) -> Int {
        var count = 0
        _ = try await change(member) { wallet throws(PaymentMethodError) in
            var next = wallet
            count = 0
            for place in wallet.methods.indices where cipher.isOutdated(wallet.methods[place].token) {
                let method = wallet.methods[place]
                next.methods[place].token = try seal(try open(method, member), method.id, member)
                count += 1
            }
            return count == 0 ? nil : next
        }
        return count
    }

    func seal(
        _ token: PaymentToken,
        _ id: PaymentMethodID,
        _ member: MemberID
    ) throws(PaymentMethodError) -> SealedField {
        do throws(SealingError) {
            return try cipher.seal(Array(token.text.utf8), context: Self.context(id, member))
        } catch {
            throw .failed(.notApplied(StoreFailure(.unreadable, error.description)))
        }
    }

    func open(_ method: PaymentWallet.Method, _ member: MemberID) throws(PaymentMethodError) -> PaymentToken {
        let plain: [UInt8]
        do throws(SealingError) {
            plain = try cipher.open(method.token, context: Self.context(method.id, member))
        } catch {
            throw .failed(.notApplied(StoreFailure(.unreadable, error.description)))
        }
        do throws(PaymentMethodRefusal) {
            return try PaymentToken(String(decoding: plain, as: UTF8.self))
        } catch {
            throw .refused(error)
        }
    }

    private static func context(_ id: PaymentMethodID, _ member: MemberID) -> [UInt8] {
        Array("payment method \(member)/\(id)".utf8)
    }
}
