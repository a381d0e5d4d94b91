extension UnsimulatedCommands {
    /// Commands that unpack and start images.
    static let images: [CommandDefinition] = [
        CommandDefinition(
            "bootflow", minimumArguments: 2, maximumArguments: 16, summary: "Boot flows",
            usage: """
                scan - boot first available bootflow

                """,
            body: nil),
        CommandDefinition(
            "bootefi", minimumArguments: 2, maximumArguments: 4, isRepeatable: false,
            summary: "Boots an EFI payload from memory",
            usage: """
                <image address>[:<image size>] [<fdt address>]
                  - boot EFI payload
                bootefi hello
                  - boot a sample Hello World application stored within U-Boot
                bootefi selftest [fdt address]
                  - boot an EFI selftest application stored within U-Boot
                    Use environment variable efi_selftest to select a single test.
                    Use 'setenv efi_selftest list' to enumerate all tests.
                bootefi bootmgr [fdt address]
                  - load and boot EFI payload based on BootOrder/BootXXXX variables.

                    If specified, the device tree located at <fdt address> gets
                    exposed as EFI configuration table.

                """,
            body: nil),
        CommandDefinition(
            "bootelf", maximumArguments: 16, isRepeatable: false, summary: "Boot from an ELF image in memory",
            usage: """
                [-p|-s] [address]
                \t- load ELF image at [address] via program headers (-p)
                \t  or via section headers (-s)
                """,
            body: nil),
        CommandDefinition(
            "bootm", maximumArguments: 16, summary: "boot application image from memory",
            usage: """
                [addr [arg ...]]
                    - boot application image stored in memory
                \tpassing arguments 'arg ...'; when booting a Linux kernel,
                \t'arg' can be the address of an initrd image
                \tWhen booting a Linux kernel which requires a flat device-tree
                \ta third argument is required which is the address of the
                \tdevice-tree blob. To boot that kernel without an initrd image,
                \tuse a '-' for the second argument. If you do not pass a third
                \ta bd_info struct will be passed instead
                \t
                For the new multi component uImage format (FIT) addresses
                \tmust be extended to include component or configuration unit name:
                \taddr:<subimg_uname> - direct component image specification
                \taddr#<conf_uname>   - configuration specification
                \tUse iminfo command to get the list of existing component
                \timages and configurations.

                Sub-commands to do part of the bootm sequence.  The sub-commands must be
                issued in the order below (it's ok to not issue all sub-commands):
                \tstart [addr [arg ...]]
                \tloados  - load OS image
                \tramdisk - relocate initrd, set env initrd_start/initrd_end
                \tfdt     - relocate flat device tree
                \tcmdline - OS specific command line processing/setup
                \tbdt     - OS specific bd_info processing
                \tprep    - OS specific prep before relocation or go
                \tgo      - start OS
                """,
            body: nil),
        CommandDefinition(
            "bootvx", maximumArguments: 2, isRepeatable: false, summary: "Boot vxWorks from an ELF image",
            usage: " [address] - load address of vxWorks ELF image.",
            body: nil),
        CommandDefinition(
            "go", minimumArguments: 2, maximumArguments: 16, summary: "start application at address 'addr'",
            usage: """
                addr [arg ...]
                    - start application at address 'addr'
                      passing 'arg' as arguments
                """,
            body: nil),
    ]
}
