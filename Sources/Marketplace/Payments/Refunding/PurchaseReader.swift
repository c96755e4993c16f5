import MarketplaceCore
import MarketplaceDomain
import MarketplaceStorage

/// Tells what the money of purchases came from and where it went back to, as it is recorded; nothing is asked of a
/// gateway.
struct PurchaseReader: Sendable {
    let repository: Repository<Payment>
    let archive: PaymentArchive<PaymentError>

    /// The tenders of a purchase, if its buyer has named any.
    func tenders(of purchase: PaymentID) async throws(PaymentError) -> PurchaseTenders? {
        try await archive.read(PaymentKeySpace.tenders(of: purchase), as: PurchaseTenders.self)?.value
    }

    /// Where refunds of a purchase go.
    func destination(of purchase: PaymentID) async throws(PaymentError) -> RefundDestination {
        let choice = PaymentKeySpace.refundChoice(of: purchase)
        return try await archive.read(choice, as: RefundDestination.self)?.value ?? .payment
    }

    /// The places that give back what was paid by several payments, in the order in which they give, as they stand.
    ///
    /// A payment of a purchase that was paid by several tenders stands for all of them. Whoever gives a refund and
    /// whoever wants to know what can be given, or what was, look here, so that all see the same.
    func places(of ids: [PaymentID]) async throws(PaymentError) -> [RefundPlace] {
        var places: [RefundPlace] = []
        for id in ids {
            let destination = try await destination(of: id)
            guard let tenders = try await tenders(of: id) else {
                places.append(try await place(id, to: destination))
                continue
            }
            for source in tenders.places {
                switch source {
                case .gateway(let payment): places.append(try await place(payment, to: destination))
                case .storeCredit: places.append(try await place(Payments.creditKey(of: id), of: tenders.buyer))
                case .giftCard: throw .tenders(.notTaken(source))
                }
            }
        }
        return places
    }

    /// A payment with the version of its stream.
    func loaded(_ id: PaymentID) async throws(PaymentError) -> LoadedAggregate<Payment> {
        do throws(RepositoryError<PaymentRejection>) {
            return try await repository.load(id)
        } catch {
            throw PaymentError(error)
        }
    }

    private func place(
        _ id: PaymentID,
        to destination: RefundDestination
    ) async throws(PaymentError) -> RefundPlace {
        let loaded = try await loaded(id)
        do throws(TextKeyError) {
            return RefundPlace(id, loaded, in: try repository.stream(of: id), to: destination)
        } catch {
            throw .badKey(error)
        }
    }

    private func place(
        _ hold: IdempotencyKey,
        of member: MemberID
    ) async throws(PaymentError) -> RefundPlace {
        let document = CreditHoldDocument.document(member, hold)
        return RefundPlace(hold, of: member, try await archive.read(document, as: CreditHoldDocument.self))
    }
}

extension Payments {
    /// What is recorded of the money of purchases.
    var purchases: PurchaseReader { PurchaseReader(repository: repository, archive: archive) }
}
