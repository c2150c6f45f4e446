#Requires -RunAsAdministrator
# The terminal's user runs the terminal and what Windows needs, and nothing else: AppLocker, and sticks closed.
# Untried: written after the maker's documentation, never run by us.
param(
  [string]$User = 'yizhan',
  [string]$Folder = '%PROGRAMFILES%\Yizhan\*'
)
$ErrorActionPreference = 'Stop'
$sid = (Get-LocalUser -Name $User).SID.Value
$administrators = 'S-1-5-32-544'
$allow = {
  param($id, $name, $who, $path)
  "<FilePathRule Id=`"$id`" Name=`"$name`" Description=`"`" UserOrGroupSid=`"$who`" Action=`"Allow`"><Conditions><FilePathCondition Path=`"$path`" /></Conditions></FilePathRule>"
}
$deny = {
  param($path)
  "<FilePathRule Id=`"$([guid]::NewGuid())`" Name=`"no $path`" Description=`"`" UserOrGroupSid=`"$sid`" Action=`"Deny`"><Conditions><FilePathCondition Path=`"$path`" /></Conditions></FilePathRule>"
}
$tools = 'cmd.exe', 'powershell.exe', 'pwsh.exe', 'wscript.exe', 'cscript.exe', 'mshta.exe', 'regedit.exe', 'taskmgr.exe',
  'explorer.exe', 'control.exe', 'mmc.exe', 'msedge.exe', 'notepad.exe', 'osk.exe', 'magnify.exe', 'narrator.exe'
$denied = ($tools | ForEach-Object { & $deny "*\$_" }) -join ''
$own = & $allow ([guid]::NewGuid()) 'The terminal' $sid $Folder
# Everyone: services run as neither, and an administrator who has not said so yet counts as none.
$everyone = 'S-1-1-0'
$windows = (& $allow ([guid]::NewGuid()) 'What Windows needs' $everyone '%SYSTEM32%\*') +
  (& $allow ([guid]::NewGuid()) 'The desktop of maintainers' $everyone '%WINDIR%\explorer.exe')
$all = & $allow ([guid]::NewGuid()) 'Administrators' $administrators '*'
$policy = @"
<AppLockerPolicy Version="1">
  <RuleCollection Type="Exe" EnforcementMode="Enabled">$own$windows$all$denied</RuleCollection>
  <RuleCollection Type="Script" EnforcementMode="Enabled">$(& $allow ([guid]::NewGuid()) 'Administrators' $administrators '*')</RuleCollection>
  <RuleCollection Type="Msi" EnforcementMode="Enabled">$(& $allow ([guid]::NewGuid()) 'Administrators' $administrators '*')</RuleCollection>
</AppLockerPolicy>
"@
$file = New-TemporaryFile
Set-Content $file $policy -Encoding UTF8
Set-AppLockerPolicy -XmlPolicy $file
Remove-Item $file
Set-Service AppIDSvc -StartupType Automatic
Start-Service AppIDSvc

# Sticks: neither read nor written, but by an administrator who opens this for a while. The terminal carries what it
# owes over the network, or an administrator with `Remove-Item` of this key.
$sticks = 'HKLM:\SOFTWARE\Policies\Microsoft\Windows\RemovableStorageDevices\{53f5630d-b6bf-11d0-94f2-00a0c91efb8b}'
New-Item $sticks -Force | Out-Null
Set-ItemProperty $sticks -Name Deny_Read -Value 1 -Type DWord
Set-ItemProperty $sticks -Name Deny_Write -Value 1 -Type DWord
Set-ItemProperty $sticks -Name Deny_Execute -Value 1 -Type DWord
# Keyboards and mice that come later are not installed.
$install = 'HKLM:\SOFTWARE\Policies\Microsoft\Windows\DeviceInstall\Restrictions'
New-Item "$install\DenyDeviceClasses" -Force | Out-Null
Set-ItemProperty $install -Name DenyDeviceClasses -Value 1 -Type DWord
Set-ItemProperty $install -Name DenyDeviceClassesRetroactive -Value 0 -Type DWord
Set-ItemProperty "$install\DenyDeviceClasses" -Name 1 -Value '{4d36e96b-e325-11ce-bfc1-08002be10318}'
Set-ItemProperty "$install\DenyDeviceClasses" -Name 2 -Value '{4d36e96f-e325-11ce-bfc1-08002be10318}'
# Nothing comes in.
Set-NetFirewallProfile -All -DefaultInboundAction Block -DefaultOutboundAction Block
New-NetFirewallRule -DisplayName 'Yizhan to its platform' -Direction Outbound -Program 'C:\Program Files\Yizhan\Yizhan.exe' -Protocol TCP -RemotePort 443 -Action Allow | Out-Null
New-NetFirewallRule -DisplayName 'Names and time' -Direction Outbound -Protocol UDP -RemotePort 53, 123 -Action Allow | Out-Null
# Memory is not to be had from the disk: BitLocker with the machine's TPM, and a key for the county. Without that one a
# new firmware would close the disk for good, with what is owed on it.
Add-BitLockerKeyProtector -MountPoint 'C:' -RecoveryPasswordProtector | Out-Null
Enable-BitLocker -MountPoint 'C:' -EncryptionMethod XtsAes256 -TpmProtector -UsedSpaceOnly -SkipHardwareTest
$key = (Get-BitLockerVolume -MountPoint 'C:').KeyProtector | Where-Object KeyProtectorType -EQ 'RecoveryPassword'
Write-Output "For the county alone, on no paper in the cabinet: $($key.RecoveryPassword)"
