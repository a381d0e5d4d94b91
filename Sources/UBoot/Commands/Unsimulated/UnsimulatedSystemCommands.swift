extension UnsimulatedCommands {
    /// Commands about the board and the console.
    static let system: [CommandDefinition] = [
        CommandDefinition(
            "bdinfo", maximumArguments: 1, summary: "print Board Info structure",
            usage: "",
            body: nil),
        CommandDefinition(
            "coninfo", maximumArguments: 3, summary: "print console devices and information",
            usage: "",
            body: nil),
        CommandDefinition(
            "dm", minimumArguments: 2, maximumArguments: 16, summary: "Driver model low level access",
            usage: """
                compat        Dump list of drivers with compatibility strings
                dm devres        Dump list of device resources for each device
                dm drivers       Dump list of drivers with uclass and instances
                dm static        Dump list of drivers with static platform data
                dm tree          Dump tree of driver model devices ('*' = activated)
                dm uclass        Dump list of instances for each uclass
                """,
            body: nil),
        CommandDefinition(
            "editenv", minimumArguments: 2, maximumArguments: 2, isRepeatable: false,
            summary: "edit environment variable",
            usage: """
                name
                    - edit environment variable 'name'
                """,
            body: nil),
        CommandDefinition(
            "loadb", maximumArguments: 3, isRepeatable: false,
            summary: "load binary file over serial line (kermit mode)",
            usage: """
                [ addr [ baud ] ]
                    - load binary file over serial line at address 'addr' with baudrate 'baud'
                """,
            body: nil),
        CommandDefinition(
            "loads", maximumArguments: 2, isRepeatable: false, summary: "load S-Record file over serial line",
            usage: """
                [ off ]
                    - load S-Record file over serial line with offset 'off'
                """,
            body: nil),
        CommandDefinition(
            "loadx", maximumArguments: 3, isRepeatable: false,
            summary: "load binary file over serial line (xmodem mode)",
            usage: """
                [ addr [ baud ] ]
                    - load binary file over serial line at address 'addr' with baudrate 'baud'
                """,
            body: nil),
        CommandDefinition(
            "loady", maximumArguments: 3, isRepeatable: false,
            summary: "load binary file over serial line (ymodem mode)",
            usage: """
                [ addr [ baud ] ]
                    - load binary file over serial line at address 'addr' with baudrate 'baud'
                """,
            body: nil),
        CommandDefinition(
            "loop", minimumArguments: 2, maximumArguments: 3, summary: "infinite loop on address range",
            usage: "[.b, .w, .l, .q] address number_of_objects",
            body: nil),
        CommandDefinition(
            "mm", minimumArguments: 2, maximumArguments: 2, summary: "memory modify (auto-incrementing address)",
            usage: "[.b, .w, .l, .q] address",
            body: nil),
        CommandDefinition(
            "nm", minimumArguments: 2, maximumArguments: 2, summary: "memory modify (constant address)",
            usage: "[.b, .w, .l, .q] address",
            body: nil),
        CommandDefinition(
            "random", minimumArguments: 2, maximumArguments: 4, isRepeatable: false,
            summary: "fill memory with random pattern",
            usage: """
                <addr> <len> [<seed>]
                   - Fill 'len' bytes of memory starting at 'addr' with random data

                """,
            body: nil),
        CommandDefinition(
            "tpm", minimumArguments: 2, maximumArguments: 16, summary: "Issue a TPMv1.x command",
            usage: """
                cmd args...
                    - Issue TPM command <cmd> with arguments <args...>.
                Admin Startup and State Commands:
                  device [num device]
                    - Show all devices or set the specified device
                  info - Show information about the TPM
                  init
                    - Put TPM into a state where it waits for 'startup' command.
                  startup mode
                    - Issue TPM_Starup command.  <mode> is one of TPM_ST_CLEAR,
                      TPM_ST_STATE, and TPM_ST_DEACTIVATED.
                Admin Testing Commands:
                  self_test_full
                    - Test all of the TPM capabilities.
                  continue_self_test
                    - Inform TPM that it should complete the self-test.
                Admin Opt-in Commands:
                  physical_enable
                    - Set the PERMANENT disable flag to FALSE using physical presence as
                      authorization.
                  physical_disable
                    - Set the PERMANENT disable flag to TRUE using physical presence as
                      authorization.
                  physical_set_deactivated 0|1
                    - Set deactivated flag.
                Admin Ownership Commands:
                  force_clear
                    - Issue TPM_ForceClear command.
                  tsc_physical_presence flags
                    - Set TPM device's Physical Presence flags to <flags>.
                The Capability Commands:
                  get_capability cap_area sub_cap addr count
                    - Read <count> bytes of TPM capability indexed by <cap_area> and
                      <sub_cap> to memory address <addr>.
                Endorsement Key Handling Commands:
                  read_pubek addr count
                    - Read <count> bytes of the public endorsement key to memory
                      address <addr>
                Integrity Collection and Reporting Commands:
                  extend index digest_hex_string
                    - Add a new measurement to a PCR.  Update PCR <index> with the 20-bytes
                      <digest_hex_string>
                  pcr_read index addr count
                    - Read <count> bytes from PCR <index> to memory address <addr>.
                Non-volatile Storage Commands:
                  nv_define_space index permission size
                    - Establish a space at index <index> with <permission> of <size> bytes.
                  nv_read_value index addr count
                    - Read <count> bytes from space <index> to memory address <addr>.
                  nv_write_value index addr count
                    - Write <count> bytes from memory address <addr> to space <index>.
                Miscellaneous helper functions:
                  raw_transfer byte_string
                    - Send a byte string <byte_string> to TPM and print the response.
                 Non-volatile storage helper functions:
                    These helper functions treat a non-volatile space as a non-padded
                    sequence of integer values.  These integer values are defined by a type
                    string, which is a text string of 'bwd' characters: 'b' means a 8-bit
                    value, 'w' 16-bit value, 'd' 32-bit value.  All helper functions take
                    a type string as their first argument.
                  nv_define type_string index perm
                    - Define a space <index> with permission <perm>.
                  nv_read types_string index vars...
                    - Read from space <index> to environment variables <vars...>.
                  nv_write types_string index values...
                    - Write to space <index> from values <values...>.

                """,
            body: nil),
        CommandDefinition(
            "tpm2", minimumArguments: 2, maximumArguments: 16, summary: "Issue a TPMv2.x command",
            usage: """
                <command> [<arguments>]

                device [num device]
                    Show all devices or set the specified device
                info
                    Show information about the TPM.
                state
                    Show internal state from the TPM (if available)
                init
                    Initialize the software stack. Always the first command to issue.
                startup <mode>
                    Issue a TPM2_Startup command.
                    <mode> is one of:
                        * TPM2_SU_CLEAR (reset state)
                        * TPM2_SU_STATE (preserved state)
                self_test <type>
                    Test the TPM capabilities.
                    <type> is one of:
                        * full (perform all tests)
                        * continue (only check untested tests)
                clear <hierarchy>
                    Issue a TPM2_Clear command.
                    <hierarchy> is one of:
                        * TPM2_RH_LOCKOUT
                        * TPM2_RH_PLATFORM
                pcr_extend <pcr> <digest_addr>
                    Extend PCR #<pcr> with digest at <digest_addr>.
                    <pcr>: index of the PCR
                    <digest_addr>: address of a 32-byte SHA256 digest
                pcr_read <pcr> <digest_addr>
                    Read PCR #<pcr> to memory address <digest_addr>.
                    <pcr>: index of the PCR
                    <digest_addr>: address to store the a 32-byte SHA256 digest
                get_capability <capability> <property> <addr> <count>
                    Read and display <count> entries indexed by <capability>/<property>.
                    Values are 4 bytes long and are written at <addr>.
                    <capability>: capability
                    <property>: property
                    <addr>: address to store <count> entries of 4 bytes
                    <count>: number of entries to retrieve
                dam_reset [<password>]
                    If the TPM is not in a LOCKOUT state, reset the internal error counter.
                    <password>: optional password
                dam_parameters <max_tries> <recovery_time> <lockout_recovery> [<password>]
                    If the TPM is not in a LOCKOUT state, set the DAM parameters
                    <maxTries>: maximum number of failures before lockout,
                                0 means always locking
                    <recoveryTime>: time before decrement of the error counter,
                                    0 means no lockout
                    <lockoutRecovery>: time of a lockout (before the next try),
                                       0 means a reboot is needed
                    <password>: optional password of the LOCKOUT hierarchy
                change_auth <hierarchy> <new_pw> [<old_pw>]
                    <hierarchy>: the hierarchy
                    <new_pw>: new password for <hierarchy>
                    <old_pw>: optional previous password of <hierarchy>
                pcr_setauthpolicy|pcr_setauthvalue <pcr> <key> [<password>]
                    Change the <key> to access PCR #<pcr>.
                    hierarchy and may be empty.
                    /!\\WARNING: untested function, use at your own risks !
                    <pcr>: index of the PCR
                    <key>: secret to protect the access of PCR #<pcr>
                    <password>: optional password of the PLATFORM hierarchy

                """,
            body: nil),
    ]
}
