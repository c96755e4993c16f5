import ExampleStores
import ExampleSupport
import Marketplace

/// The store that the command line names.
func chosenStore() async -> any Store {
    let store = Option.store(help: "Where the checkout is kept; what is in a file is there the next time")
    let command = CommandLineOptions("first-checkout", summary: "buys twice, and prints what came of it", [store])
    let options = CommandShell.parse(command)
    return await ExampleStore.open(options[store], namespace: .firstCheckout, for: command).store
}
