import ExampleStores
import ExampleSupport
import FlashSaleKit
import Marketplace

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A sale that is ready, with all that must be there after it.
struct OpenedSale {
    let plan: SalePlan
    let sale: Sale
    let store: ExampleStore
    let acknowledged: AcknowledgedFile?
    let isResumed: Bool
}

extension FlashSaleCommand {
    /// Opens the store and the files, and prepares the sale or what is left of it.
    func open() async throws -> OpenedSale {
        let choice = options[SaleOptions.store]
        let isResuming = options[SaleOptions.resume]
        if isResuming, !choice.isDurable {
            refuse(SaleOptions.resume, "needs a --store that outlives the process: a sale in memory is gone with it")
        }
        let recordPath = options[SaleOptions.gatewayRecord] ?? choice.companion("gateway")
        if choice.isDurable, recordPath == nil {
            refuse(SaleOptions.gatewayRecord, "must name a file where the store is on a server")
        }
        let store = await ExampleStore.open(choice, namespace: .flashSale, for: SaleOptions.command)
        let stored = try await store.isDurable ? StoredSale.find(in: store.store) : nil
        if stored != nil, !isResuming {
            refuse(SaleOptions.store, "holds a sale already: --resume goes on with it, another file begins a new one")
        }
        if let stored, let error = SaleOptions.contradiction(options, to: stored.plan) {
            CommandShell.refuse(error, of: SaleOptions.command)
        }
        let plan = stored?.plan ?? SaleOptions.plan(options)
        let acknowledged = try acknowledgedFile(isResuming: isResuming)
        let sale = try await Sale(
            plan,
            at: store.isDurable ? .store(store.store) : .memory,
            goingOnWith: stored,
            record: gatewayRecord(recordPath, isResuming: stored != nil),
            acknowledged: acknowledged
        )
        return OpenedSale(
            plan: plan,
            sale: sale,
            store: store,
            acknowledged: acknowledged,
            isResumed: stored != nil
        )
    }

    private func gatewayRecord(_ path: String?, isResuming: Bool) -> any GatewayRecord {
        guard let path else { return InMemoryGatewayRecord() }
        do throws(FileError) {
            let record = try GatewayRecordFile(path, codec: .json)
            guard record.isNew || isResuming else {
                refuse(SaleOptions.gatewayRecord, "takes a new or empty file, and \(path) has entries")
            }
            return record
        } catch {
            fail(error)
        }
    }

    private func acknowledgedFile(isResuming: Bool) throws -> AcknowledgedFile? {
        guard let path = options[SaleOptions.acknowledged] else { return nil }
        do throws(FileError) {
            let file = try AcknowledgedFile(path)
            guard file.earlier.isEmpty || isResuming else {
                refuse(SaleOptions.acknowledged, "takes a new or empty file")
            }
            return file
        } catch {
            fail(error)
        }
    }

    private func refuse(_ option: some OptionDeclaration, _ reason: String) -> Never {
        CommandShell.refuse(.unmet(name: option.name, reason: reason), of: SaleOptions.command)
    }

    /// Says why a file cannot be written, and ends.
    func fail(_ error: FileError) -> Never {
        Console.standardError.writeLine("\(SaleOptions.command.command): \(error)")
        exit(CommandShell.unwritableExitCode)
    }
}
