#Requires -RunAsAdministrator
# The terminal is the shell of its own user: no desktop, no task bar, no Explorer. For Windows 10/11 IoT Enterprise LTSC.
# Untried: written after the maker's documentation, never run by us.
param(
  [string]$User = 'yizhan',
  [string]$Program = 'C:\Program Files\Yizhan\Yizhan.exe',
  [string]$Settings = 'C:\ProgramData\Yizhan\shell.json'
)
$ErrorActionPreference = 'Stop'

Enable-WindowsOptionalFeature -Online -NoRestart -FeatureName Client-EmbeddedShellLauncher | Out-Null
if (-not (Get-LocalUser -Name $User -ErrorAction SilentlyContinue)) {
  # No password is known to anybody: the machine signs this user in by itself.
  New-LocalUser -Name $User -NoPassword -AccountNeverExpires -UserMayNotChangePassword | Out-Null
}
$sid = (Get-LocalUser -Name $User).SID.Value
$launcher = [wmiclass]'\\localhost\root\standardcimv2\embedded:WESL_UserSetting'
$restartShell = 0
# Whoever else signs in is a maintainer, with the desktop.
$launcher.SetDefaultShell('explorer.exe', $restartShell) | Out-Null
try { $launcher.RemoveCustomShell($sid) | Out-Null } catch { Write-Verbose 'None was set before.' }
$launcher.SetCustomShell($sid, "`"$Program`" --config `"$Settings`"", ($null), ($null), $restartShell) | Out-Null
$launcher.SetEnabled($true) | Out-Null

$winlogon = 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon'
Set-ItemProperty $winlogon -Name AutoAdminLogon -Value '1'
Set-ItemProperty $winlogon -Name DefaultUserName -Value $User
Set-ItemProperty $winlogon -Name DefaultPassword -Value ''
# An error shows no box, and a fallen program leaves no dump.
$reports = 'HKLM:\SOFTWARE\Microsoft\Windows\Windows Error Reporting'
Set-ItemProperty $reports -Name DontShowUI -Value 1 -Type DWord
Set-ItemProperty $reports -Name Disabled -Value 1 -Type DWord
Set-ItemProperty 'HKLM:\SYSTEM\CurrentControlSet\Control\CrashControl' -Name CrashDumpEnabled -Value 0 -Type DWord
# Nothing of memory goes to the disk.
Set-CimInstance -Query 'SELECT * FROM Win32_ComputerSystem' -Property @{ AutomaticManagedPagefile = $false }
Get-CimInstance Win32_PageFileSetting | Remove-CimInstance
powercfg /hibernate off
