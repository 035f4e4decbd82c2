// SPDX-License-Identifier: Apache-2.0

/// What `serve --demo` prints to the terminal, and only there: these are credentials of a demo.
struct DemoGreeting {
    /// The demo's shop; nil where the configuration looks for no login in cookies.
    let shopURL: String?
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

        Cartlink's demo is running.\(shopURL.map { " Open this in a browser, everything else is a click away:\n\n  \($0)" } ?? "")

        Links of Olivia's, to open at once (log in there as Olivia, Carlos, Dana or Erik, by clicking):
          for anyone                        \(externalURL)
          her unit may look                 \(internalURL)
          her unit may change               \(fullURL)
          Dana may take the cart over       \(takeOverURL)

        For programs at \(publicURL):
          Olivia's login, the owner         \(ownerLogin)
          Carlos's login, in her unit       \(colleagueLogin)
          Dana's login, in no company       \(customerLogin)
          the storefront's key              \(storefrontKey)
          the administrator's key           \(adminKey)  (for \(adminURL))
          Spryker's Glue API, \(publicURL)/glue: olivia, carlos, dana, erik; the password of all is \(gluePassword)

        Ctrl-C stops the demo; the next start shows the same links.

        """
    }
}
