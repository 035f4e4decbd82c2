// SPDX-License-Identifier: Apache-2.0

/// What `serve --demo` prints to the terminal, and only there: these are credentials of a demo.
struct DemoGreeting {
    let externalURL: String
    let internalURL: String
    let fullURL: String
    let takeOverURL: String
    let ownerLogin: String
    let colleagueLogin: String
    let customerLogin: String
    let adminKey: String
    let storefrontKey: String
    let gluePassword: String
    let publicURL: String
    let adminURL: String

    var text: String {
        """

        Cartlink's demo is running. Olivia shares a cart; everything below is hers to give away.

        Open them in a browser. Log in there as whom you like, by clicking.

        For anyone:
          \(externalURL)
        For her business unit, to look at (click Log in, as Carlos):
          \(internalURL)
        For her business unit, to change (click Log in, as Carlos, and accept):
          \(fullURL)
        For Dana, a customer, to change (click Log in, as Dana, and accept; then the API lets her make the cart hers):
          \(takeOverURL)

        Olivia's login, the owner:
          \(ownerLogin)
        Carlos's login, a colleague in her unit:
          \(colleagueLogin)
        Dana's login, a customer in no company:
          \(customerLogin)
        The administrator's key:
          \(adminKey)
        The storefront's key:
          \(storefrontKey)

        What a stranger sees, what a colleague sees, and what the owner sees:
          curl -s \(machine(externalURL))
          curl -s -H 'Authorization: Bearer \(colleagueLogin)' \(machine(internalURL))
          curl -s -H 'Authorization: Bearer \(ownerLogin)' \(machine(externalURL))

        For clients of Spryker's Glue API at \(publicURL)/glue: the names are olivia, carlos, dana and erik, the password of all is
          \(gluePassword)

        The administrator's listener is \(adminURL). Ctrl-C stops the demo; the next start shows the same links.

        """
    }

    private func machine(_ url: String) -> String {
        url.replacing("\(publicURL)/s/", with: "\(publicURL)/v1/shared/")
    }
}
