@echo off
rem Starts the provider plugin in the folder that this file lies in.
where node >nul 2>nul
if errorlevel 1 (
  echo pulumi-resource-alicloud-media needs Node.js 20.19 or newer, and there is no node on PATH: https://nodejs.org 1>&2
  exit /b 1
)
node "%~dp0start.cjs" %*
